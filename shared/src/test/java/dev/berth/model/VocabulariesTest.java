package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Other programs are written against these words: none may change, and none may come without being decided. */
final class VocabulariesTest {
    @Test
    void namesWhatAnOperationDoes() {
        assertThat(words(OpKind.class))
                .containsExactly(
                        "start",
                        "stop",
                        "restart",
                        "patch",
                        "cleanup_container",
                        "reconcile_adopt",
                        "reconcile_dispose");
    }

    @Test
    void namesWhoAsked() {
        assertThat(words(OpSource.class))
                .containsExactly("lobby_stream", "gm_rest", "admin_rest", "auto_ttl", "auto_reconcile");
    }

    @Test
    void namesOutcomesAndEffects() {
        assertThat(words(Outcome.class)).containsExactly("success", "failure");
        assertThat(words(Effect.class))
                .containsExactly("changed", "noop", "replayed", "resumed", "rolled_back", "observed");
    }

    @Test
    void namesTheStatesOfRuntimesAndHosts() {
        assertThat(words(RuntimeStatus.class)).containsExactly("running", "stopped", "failed", "lost", "removed");
        assertThat(words(HostState.class)).containsExactly("active", "draining", "drained", "lost", "quarantined");
    }

    @Test
    void namesTheWordsOfAMessage() {
        assertThat(words(StopReason.class))
                .containsExactly("admin_request", "finished", "cancelled", "idle", "timeout", "drain");
        assertThat(words(RestartPolicy.class)).containsExactly("never", "on_failure", "always");
        assertThat(words(Protocol.class)).containsExactly("tcp", "udp");
    }

    @Test
    void namesEveryError() {
        assertThat(words(ErrorCode.class))
                .containsExactlyInAnyOrder(
                        "invalid_request",
                        "deadline_exceeded",
                        "superseded",
                        "idempotency_mismatch",
                        "not_found",
                        "conflict",
                        "lease_held",
                        "lease_lost",
                        "semver_patch_only",
                        "image_ref_not_semver",
                        "image_not_allowed",
                        "image_not_found",
                        "image_denied",
                        "image_pull_failed",
                        "no_capacity",
                        "port_in_use",
                        "host_unreachable",
                        "docker_error",
                        "tls_failed",
                        "host_disk_full",
                        "name_conflict",
                        "container_start_failed",
                        "container_unhealthy",
                        "execution_stopped",
                        "stop_failed",
                        "store_unavailable",
                        "log_corrupt",
                        "internal");
    }

    @Test
    void retriesOnlyWhatMaySucceedLater() {
        assertThat(Arrays.stream(ErrorCode.values()).filter(ErrorCode::retried).map(ErrorCode::wire))
                .containsExactlyInAnyOrder(
                        "lease_held",
                        "image_pull_failed",
                        "no_capacity",
                        "port_in_use",
                        "host_unreachable",
                        "docker_error",
                        "tls_failed",
                        "host_disk_full",
                        "stop_failed",
                        "store_unavailable",
                        "internal");
    }

    @Test
    void saysWhenAnErrorIsUsed() {
        assertThat(ErrorCode.values())
                .allSatisfy(code -> assertThat(code.meaning()).isNotBlank());
    }

    @Test
    void findsWordsByTheirExactWireNameOnly() {
        assertThat(WireName.find(OpKind.class, "cleanup_container")).contains(OpKind.CLEANUP_CONTAINER);
        assertThat(WireName.find(OpKind.class, "CLEANUP_CONTAINER")).isEmpty();
        assertThat(WireName.find(OpKind.class, " start")).isEmpty();
        assertThat(WireName.find(OpKind.class, "")).isEmpty();
    }

    @Test
    void listsTheVocabularyWhereAWordIsUnknown() {
        assertThatThrownBy(() -> WireName.parse(Outcome.class, "maybe"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be one of success, failure");
    }

    private static <E extends Enum<E> & WireName> List<String> words(Class<E> vocabulary) {
        return Arrays.stream(vocabulary.getEnumConstants()).map(WireName::wire).toList();
    }
}
