package dev.berth.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.docker.RecordedEngine.Exchange;
import dev.berth.model.ErrorCode;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.ImageRef;
import dev.berth.model.Limits;
import dev.berth.model.OperationFailed;
import dev.berth.model.PinnedImage;
import dev.berth.port.Container;
import dev.berth.port.ContainerFile;
import dev.berth.port.ContainerHost;
import dev.berth.port.ContainerHost.Creation;
import dev.berth.port.ContainerHost.Image;
import dev.berth.port.ContainerHost.StoredImage;
import dev.berth.port.ContainerPlan;
import dev.berth.wire.SpecJson;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever an engine replies, a call ends in a result that makes sense or in a failure of the host, and no more is read of
 * a reply than it may be long. {@code -Dcalls=1 -Dcall=4711} makes one call again.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class SpoiltRepliesTest {
    private static final long CALLS = Long.getLong("calls", 100_000);
    private static final long FIRST = Long.getLong("call", 0);
    private static final String OURS = "c".repeat(64);
    private static final String NAME = "berth_chess";
    private static final String ID = "[0-9a-f]{64}";
    private static final Duration PLENTY = Duration.ofSeconds(20);
    private static final List<String> STATES = List.of("created", "running", "exited");
    private static final String NEVER_RAN = "files are written only into a container that never ran";
    private static final int MOST_TOLD = 5_000;
    private static final ImageRef IMAGE = new ImageRef("demo:1.0.0");

    /** What a look ahead of the buffers may read beyond the limit. */
    private static final long AHEAD = 1 << 16;

    private static final Set<ErrorCode> OF_A_HOST = EnumSet.of(
            ErrorCode.DOCKER_ERROR,
            ErrorCode.HOST_UNREACHABLE,
            ErrorCode.TLS_FAILED,
            ErrorCode.HOST_DISK_FULL,
            ErrorCode.PORT_IN_USE,
            ErrorCode.CONTAINER_START_FAILED,
            ErrorCode.IMAGE_NOT_FOUND,
            ErrorCode.IMAGE_DENIED,
            ErrorCode.IMAGE_PULL_FAILED);

    private static final List<Ask> ASKED = List.of(
            host -> host.findImage(IMAGE),
            host -> host.findImage(new PinnedImage(IMAGE, "sha256:" + "1".repeat(64))),
            host -> host.pull(IMAGE, _ -> {}),
            ContainerHost::images,
            host -> host.removeImage("sha256:" + "1".repeat(64)),
            host -> host.create(plan("berth_go")),
            host -> host.create(plan(NAME)),
            host -> host.inspect(NAME),
            host -> host.inspect(OURS),
            host -> host.list(Map.of("berth.owner", "berth")),
            host -> host.rename(OURS, "berth_chess.prev-3"),
            host -> done(() -> host.copyFiles(OURS, List.<ContainerFile>of())),
            host -> done(() -> host.start(OURS)),
            host -> done(() -> host.stop(OURS, Duration.ofSeconds(1))),
            host -> done(() -> host.kill(OURS)),
            host -> done(() -> host.remove(OURS)),
            host -> done(() -> host.removeVolumes("berth_chess_")),
            host -> host.usage(OURS),
            host -> host.logs(OURS, 50),
            ContainerHost::about);

    private interface Ask {
        Object of(ContainerHost host);
    }

    private static Object done(Runnable call) {
        call.run();
        return Optional.empty();
    }

    private static ContainerPlan plan(String name) {
        return ContainerPlan.of(name, "sha256:" + "1".repeat(64), Map.of(), SpecJson.DEFAULTS, name);
    }

    private final Switchboard board = new Switchboard();

    @Test
    void endACallInAResultOrInAFailureOfTheHost(@TempDir Path tls) {
        try (DockerHosts hosts = board.hosts()) {
            ContainerHost host = hosts.connect(host(Switchboard.material(tls)), () -> PLENTY);
            long spoilt = 0;
            long results = 0;
            for (long call = FIRST; call < FIRST + CALLS; call++) {
                Random random = new Random(call * 0x9E3779B97F4A7C15L);
                SpoiltReplies replies = new SpoiltReplies(random, 1);
                RecordedEngine engine = new RecordedEngine(replies);
                engine.has(OURS, NAME, "chess", 1, STATES.get(random.nextInt(STATES.size())));
                board.leadTo(engine);
                Ask ask = ASKED.get(random.nextInt(ASKED.size()));
                try {
                    results += isAnswered(ask, host) ? 1 : 0;
                    assertThat(replies.longest()).isLessThan(Limits.MOST_STREAMED + AHEAD);
                    engine.exchanges().forEach(SpoiltRepliesTest::assertAsked);
                } catch (RuntimeException | Error wrong) {
                    throw new AssertionError("call " + call + " of " + engine.exchanges() + ": " + wrong, wrong);
                }
                spoilt += replies.spoilt();
            }
            if (CALLS > 1) {
                assertThat(spoilt).isGreaterThanOrEqualTo(CALLS);
                assertThat(results).isBetween(CALLS / 10, CALLS * 9 / 10);
            }
        }
    }

    private static Host host(Path tls) {
        return new Host(
                new HostId("host-1"),
                URI.create("tcp://127.0.0.1:1"),
                tls.toString(),
                Host.Capacity.NONE,
                Host.Capacity.NONE,
                HostState.ACTIVE,
                Map.of());
    }

    /** @return false if it failed, as it may */
    private static boolean isAnswered(Ask ask, ContainerHost host) {
        try {
            assertSense(ask.of(host));
            return true;
        } catch (OperationFailed failed) {
            assertThat(failed.code())
                    .as(failed.text())
                    .matches(code -> OF_A_HOST.contains(code) || failed.text().equals(NEVER_RAN));
            assertThat(failed.text().length()).isLessThan(MOST_TOLD);
            return false;
        }
    }

    private static void assertSense(Object answer) {
        switch (answer) {
            case Optional<?> found -> found.ifPresent(SpoiltRepliesTest::assertSense);
            case List<?> found -> found.forEach(SpoiltRepliesTest::assertSense);
            case Container container -> {
                assertThat(container.id()).matches(ID);
                container.endpoints().forEach(end -> assertThat(end.port()).isBetween(1, 65_535));
            }
            case Creation.Created(String id) -> assertThat(id).matches(ID);
            case Image image -> assertThat(image.id()).matches("sha256:" + ID);
            case StoredImage image -> assertThat(image.id()).matches("sha256:" + ID);
            case String text -> assertThat(text.length()).isLessThan(1 << 18);
            default -> assertThat(answer).isNotNull();
        }
    }

    /** What is changed is what was to be changed, whatever the engine tells of others. */
    private static void assertAsked(Exchange exchange) {
        exchange.changed()
                .ifPresent(what -> assertThat(what)
                        .matches("containers/" + OURS + "|volumes/berth_chess_[a-zA-Z0-9_.-]*|images/(?!.*\\.\\.).+"));
    }
}
