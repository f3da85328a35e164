package dev.berth.wire;

import static dev.berth.wire.Messages.assertNamed;
import static dev.berth.wire.Messages.assertRefused;
import static dev.berth.wire.Messages.read;
import static dev.berth.wire.Messages.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.OpKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a spec that is refused, in full. */
final class SpecRefusalsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "game_id                          | \"Match\"          | must match [a-z0-9][a-z0-9-]{0,62}",
                "job_id                           | \"a b\"            | must be 1 to 128 of A-Z a-z 0-9 . _ : -",
                "op_source                        | \"nobody\"         | must be one of lobby_stream, gm_rest, admin_rest, auto_ttl, auto_reconcile",
                "requested_at                     | \"now\"            | must be an ISO-8601 instant such as 2026-01-31T12:00:00Z",
                "deadline                         | \"tomorrow\"       | must be an ISO-8601 instant such as 2026-01-31T12:00:00Z",
                "image_ref                        | \"Game:1\"         | must be a Docker image reference, [registry/]repository[:tag][@digest]",
                "spec.vcpu                        | 0.049              | must be 0.05 to 64",
                "spec.vcpu                        | 64.001             | must be 0.05 to 64",
                "spec.vcpu                        | -1                 | must be 0.05 to 64",
                "spec.memory                      | \"\"               | must not be empty",
                "spec.memory                      | \"-1G\"            | must not be negative",
                "spec.memory                      | -1                 | must not be negative",
                "spec.memory                      | 0                  | must be more than zero",
                "spec.memory                      | \"129G\"           | must be at most 128G",
                "spec.memory                      | \"lots\"           | must be a number with K, M or G, or a bare number of MiB",
                "spec.disk                        | 131073             | must be at most 128G",
                "spec.ports[0].container          | 0                  | must be 1 to 65535",
                "spec.ports[0].container          | 65536              | must be 1 to 65535",
                "spec.ports[0].host               | 0                  | must be 1 to 65535",
                "spec.ports[0].host               | 65536              | must be 1 to 65535",
                "spec.ports[0].protocol           | \"sctp\"           | must be one of tcp, udp",
                "spec.health.interval_seconds     | 0                  | must be 1 to 300",
                "spec.health.interval_seconds     | 301                | must be 1 to 300",
                "spec.health.timeout_seconds      | 0                  | must be 1 to 300",
                "spec.health.retries              | 0                  | must be 1 to 100",
                "spec.health.retries              | 101                | must be 1 to 100",
                "spec.health.start_period_seconds | 301                | must be 0 to 300",
                "spec.settle_seconds              | 301                | must be 0 to 300",
                "spec.settle_seconds              | -1                 | must be 0 to 300",
                "spec.stop.grace_seconds          | 301                | must be 0 to 300",
                "spec.restart                     | \"unless-stopped\" | must be one of never, on_failure, always",
                "spec.auto_stop_after             | \"0s\"             | must be more than zero and at most 366 days",
                "spec.auto_stop_after             | \"soon\"           | must be an ISO-8601 duration, or one such as 90s, 30m, 24h",
                "spec.retain_for                  | \"367d\"           | must be more than zero and at most 366 days",
                "spec.user                        | \"root; id\"       | must match [A-Za-z0-9_.-]{1,64}(:[A-Za-z0-9_.-]{1,64})?",
            })
    void sayWhatAStartMayHave(String path, String value, String why) {
        assertRefused(OpKind.START, with(Messages.of(OpKind.START), path, Messages.value(value)), path + " " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TERM", "sigterm", "SIGTERM ", "SIG", "-9", "100"})
    void sayWhichSignalsAStopMaySend(String signal) {
        assertRefused(
                OpKind.START,
                with(
                        Messages.of(OpKind.START),
                        "spec.stop.signal",
                        Json.object().textNode(signal)),
                "spec.stop.signal must match SIG[A-Z0-9+-]{2,12}|[0-9]{1,2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "env         | 1A          | must match [A-Za-z_][A-Za-z0-9_.-]{0,127}",
                "env         | A=B         | must match [A-Za-z_][A-Za-z0-9_.-]{0,127}",
                "env         | ''          | must match [A-Za-z_][A-Za-z0-9_.-]{0,127}",
                "labels      | berth.owner | must not start with berth., which is ours",
                "labels      | Team        | must match [a-z0-9][a-z0-9._/-]{0,127}",
                "host_labels | a b         | must match [a-z0-9][a-z0-9._/-]{0,127}",
            })
    void sayHowNamesMayLook(String map, String name, String why) {
        ObjectNode message = Messages.of(OpKind.START);
        message.withObject("/spec/" + map).put(name, "x");

        assertRefused(OpKind.START, message, "spec." + map + "." + name + " " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "", "/", "/a/../b", "/..", "/a/./b", "relative/path", "/a:ro", "/a/", "//a"})
    void sayWhereAVolumeMayNotBe(String path) {
        ObjectNode message = with(
                Messages.of(OpKind.START), "spec.volumes[0].path", Json.object().textNode(path));

        assertNamed(OpKind.START, message, "spec.volumes[0].path", " must be a");
    }

    @Test
    void holdAHealthCheckToTheTimeOfAFunction() {
        ObjectNode message = Messages.of(OpKind.START);
        message.withObject("/spec/health")
                .put("interval_seconds", 90)
                .put("timeout_seconds", 30)
                .put("retries", 4)
                .put("start_period_seconds", 0);

        assertThat(read(OpKind.START, message)).isNotNull();
        message.withObject("/spec/health").put("start_period_seconds", 1);
        assertNamed(OpKind.START, message, "spec.health", " must be able to tell within 8 minutes");
    }

    @Test
    void holdASpecToWhatAGameItemCanKeep() {
        ObjectNode message = Messages.of(OpKind.START);
        message.withArray("/spec/command").add("x".repeat(31 * 1024));

        assertThat(read(OpKind.START, message)).isNotNull();
        message.withArray("/spec/command").add("x".repeat(1024));
        assertNamed(OpKind.START, message, "spec", " must be at most 32768 characters as a whole");
    }

    @Test
    void holdListsAndTextsToTheirLength() {
        ObjectNode message = Messages.of(OpKind.START);
        assertThat(read(OpKind.START, message.put("source_ref", "x".repeat(256))))
                .isNotNull();
        assertRefused(
                OpKind.START,
                message.deepCopy().put("source_ref", "x".repeat(257)),
                "source_ref must be at most 256 characters");
        for (int i = 0; i < 128; i++) {
            message.withArray("/spec/command").add("x");
            message.withObject("/spec/env").put("E" + i, "x");
        }
        assertNamed(OpKind.START, message, "spec.command", " must have at most 128 elements");
        message.withObject("/spec").putArray("command");
        assertNamed(OpKind.START, message, "spec.env", " must have at most 128 fields");
        message.withObject("/spec").putObject("env");
        for (int i = 0; i < 64; i++) {
            message.withArray("/spec/ports").addObject().put("container", 100 + i);
        }
        assertNamed(OpKind.START, message, "spec.ports", " must have at most 64 elements");
    }

    @Test
    void refuseTheSamePortOrPathTwice() {
        assertRefused(
                OpKind.START,
                with(Messages.of(OpKind.START), "spec.ports", Json.parse("""
                        {"p": [{"container": 80}, {"container": 80, "protocol": "udp"}, {"container": 80, "protocol": "tcp"}]}
                        """).get("p")),
                "spec.ports must not name tcp/80 twice");
        assertRefused(
                OpKind.START,
                with(Messages.of(OpKind.START), "spec.ports", Json.parse("""
                        {"p": [{"container": 80, "host": 9000}, {"container": 81, "host": 9000}]}
                        """).get("p")),
                "spec.ports must not name host tcp/9000 twice");
        assertRefused(
                OpKind.START,
                with(Messages.of(OpKind.START), "spec.volumes", Json.parse("""
                        {"v": [{"name": "a", "path": "/data"}, {"name": "b", "path": "/data"}]}
                        """).get("v")),
                "spec.volumes[1].path must not be that of volumes[0] again");
    }
}
