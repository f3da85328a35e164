package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestartRuleTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Exit WELL = new Exit(Optional.of(0), false, NOW);
    private static final Exit BADLY = new Exit(Optional.of(1), false, NOW);

    @ParameterizedTest(name = "{0} after exit code {1}, killed for its memory: {2}")
    @CsvSource({
        "NEVER, 0, false, false",
        "NEVER, 1, false, false",
        "NEVER, 137, true, false",
        "ON_FAILURE, 0, false, false",
        "ON_FAILURE, 1, false, true",
        "ON_FAILURE, 0, true, true",
        "ON_FAILURE, , false, true",
        "ALWAYS, 0, false, true",
        "ALWAYS, 1, false, true",
        "ALWAYS, 137, true, true"
    })
    void howAContainerEndedDecidesWithThePolicy(RestartPolicy policy, Integer code, boolean oomKilled, boolean again) {
        RuntimeRecord ended = running().ended(new Exit(Optional.ofNullable(code), oomKilled, NOW));

        assertThat(RestartRule.asksFor(ended, spec(policy))).isEqualTo(again);
        assertThat(RestartRule.decide(ended, spec(policy), NOW)).isEqualTo(again ? ended : ended.toBeStopped());
    }

    @Test
    void aGameWithoutASpecIsNotStartedAgain() {
        assertThat(RestartRule.asksFor(running().ended(BADLY), Optional.empty()))
                .isFalse();
    }

    @Test
    void aGameThatSomebodyWantsStoppedStaysSo() {
        RuntimeRecord ended = running().toBeStopped().ended(BADLY);

        assertThat(RestartRule.asksFor(ended, spec(RestartPolicy.ALWAYS))).isFalse();
        assertThat(RestartRule.decide(ended, spec(RestartPolicy.ALWAYS), NOW)).isEqualTo(ended);
    }

    @Test
    void onlyWhatHasEndedIsStartedAgain() {
        RuntimeRecord ended = running().ended(WELL);

        assertThat(RestartRule.asksFor(running(), spec(RestartPolicy.ALWAYS))).isFalse();
        assertThat(RestartRule.asksFor(ended.lost(), spec(RestartPolicy.ALWAYS)))
                .isFalse();
        assertThat(RestartRule.asksFor(ended.removed(), spec(RestartPolicy.ALWAYS)))
                .isFalse();
        assertThat(RestartRule.asksFor(running().failed(ErrorCode.CONTAINER_START_FAILED), spec(RestartPolicy.ALWAYS)))
                .isFalse();
    }

    @Test
    void aGameThatKeepsEndingIsLeftAsItIs() {
        Duration within = Limits.CRASH_LOOP_WITHIN;

        assertThat(wanted(NOW.minus(within).plusMillis(1))).isEqualTo(Desired.RUNNING);
        assertThat(wanted(NOW.minus(within).plusMillis(1), NOW)).isEqualTo(Desired.STOPPED);
        assertThat(wanted(NOW.minus(within), NOW)).isEqualTo(Desired.RUNNING);
        assertThat(wanted(NOW.minus(within.multipliedBy(2)), NOW.minus(within), NOW, NOW))
                .isEqualTo(Desired.STOPPED);
    }

    private static Desired wanted(Instant... restarts) {
        RuntimeRecord ended = running().restarted(List.of(restarts)).ended(BADLY);
        return RestartRule.decide(ended, spec(RestartPolicy.ON_FAILURE), NOW).desired();
    }

    @Test
    void onlyTheNewestRestartsAreRemembered() {
        List<Instant> all = IntStream.rangeClosed(1, RestartRule.REMEMBERED + 2)
                .mapToObj(NOW::plusSeconds)
                .toList();
        List<Instant> restarts = List.of();

        for (Instant each : all) {
            restarts = RestartRule.oneMore(restarts, each);
        }

        assertThat(restarts).isEqualTo(all.subList(2, all.size()));
        assertThat(RestartRule.oneMore(List.of(), NOW)).containsExactly(NOW);
    }

    private static RuntimeRecord running() {
        return RuntimeRecord.running(
                new Placement(new HostId("host-1"), RuntimeSpec.DEFAULT_RESOURCES),
                new GameContainer(Sha256.hex("container"), new Fence(1), List.of(), NOW),
                new PinnedImage(new ImageRef("berth-demo/game:1.0.0"), "sha256:" + Sha256.hex("image")),
                Sha256.hex("spec"),
                Optional.empty());
    }

    private static Optional<RuntimeSpec> spec(RestartPolicy restart) {
        return Optional.of(new RuntimeSpec(
                RuntimeSpec.DEFAULT_RESOURCES,
                Optional.empty(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                restart,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                false,
                Map.of()));
    }
}
