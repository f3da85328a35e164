package dev.berth.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.docker.HostCheck.Finding;
import dev.berth.docker.HostCheck.Severity;
import dev.berth.model.Host.Capacity;
import dev.berth.port.ContainerHost.About;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostCheckTest {
    private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");
    private static final Capacity CLAIMED = new Capacity(4_000, 8L << 30);

    /** An engine of which nothing is to be said. */
    private static About good() {
        return new About("engine", "27.0.0", "1.46", true, "overlay2", NOW, 4, 8L << 30, NOW.plus(Duration.ofDays(31)));
    }

    private static About withApi(String version) {
        About good = good();
        return new About(
                good.id(),
                good.version(),
                version,
                good.liveRestore(),
                good.storageDriver(),
                good.time(),
                good.processors(),
                good.memoryBytes(),
                good.certificatesEnd());
    }

    private static About with(boolean liveRestore, String storage, Instant time, Instant certificatesEnd) {
        About good = good();
        return new About(
                good.id(),
                good.version(),
                good.apiVersion(),
                liveRestore,
                storage,
                time,
                good.processors(),
                good.memoryBytes(),
                certificatesEnd);
    }

    private static List<Finding> found(About about) {
        return HostCheck.of(CLAIMED, about, NOW);
    }

    private static void assertFound(About about, String severity, String text) {
        if (severity.equals("fine")) {
            assertThat(found(about)).isEmpty();
        } else {
            assertThat(found(about)).singleElement().satisfies(finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.valueOf(severity));
                assertThat(finding.text()).contains(text);
            });
        }
    }

    @Test
    void ofAGoodEngineNothingIsSaid() {
        assertThat(found(good())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.41, fine",
        "1.42, fine",
        "1.100, fine",
        "2.0, fine",
        "1.40, REFUSE",
        "1.5, REFUSE",
        "0.99, REFUSE",
        "'', REFUSE",
        "new, REFUSE",
        "1, REFUSE",
        "1.41.1, REFUSE",
        "99999999999.1, REFUSE"
    })
    void anOldApiIsRefused(String version, String severity) {
        assertFound(withApi(version), severity, "1.41");
    }

    @ParameterizedTest
    @CsvSource({
        "0, fine",
        "5000, fine",
        "-5000, fine",
        "5001, WARN",
        "-5001, WARN",
        "60000, WARN",
        "-60000, WARN",
        "60001, REFUSE",
        "-60001, REFUSE",
        "86400000, REFUSE"
    })
    void aClockThatIsWrongIsWarnedOfAndRefusedWhereItIsVeryWrong(long millis, String severity) {
        assertFound(with(true, "overlay2", NOW.plusMillis(millis), good().certificatesEnd()), severity, "clock");
    }

    @ParameterizedTest
    @CsvSource({
        "overlay2, fine",
        "btrfs, fine",
        "zfs, fine",
        "overlayfs, fine",
        "vfs, WARN",
        "devicemapper, WARN",
        "'', WARN"
    })
    void storageThatIsNotAdvisedIsWarnedOf(String storage, String severity) {
        assertFound(with(true, storage, NOW, good().certificatesEnd()), severity, "storage");
    }

    @Test
    void liveRestoreIsAdvised() {
        assertFound(with(false, "overlay2", NOW, good().certificatesEnd()), "WARN", "live-restore");
    }

    @ParameterizedTest
    @CsvSource({"P31D, fine", "P30D, fine", "PT719H59M, WARN", "PT1S, WARN", "PT0S, REFUSE", "P-1D, REFUSE"})
    void aCertificateThatEndsSoonIsWarnedOfAndAnEndedOneRefused(Duration left, String severity) {
        assertFound(with(true, "overlay2", NOW, NOW.plus(left)), severity, "certificate");
    }

    @ParameterizedTest
    @CsvSource({"4000, 8192, 0", "4001, 8192, 1", "4000, 8193, 1", "4001, 8193, 2", "1, 1, 0"})
    void moreThanTheMachineHasIsWarnedOf(long milliVcpu, long mebibytes, int findings) {
        assertThat(HostCheck.of(new Capacity(milliVcpu, mebibytes << 20), good(), NOW))
                .hasSize(findings)
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARN))
                .allSatisfy(finding -> assertThat(finding.text()).contains("the machine has"));
    }

    @Test
    void refusalsComeFirst() {
        assertThat(found(with(false, "vfs", NOW.plusSeconds(61), NOW.minusSeconds(1))))
                .extracting(Finding::severity)
                .containsExactly(Severity.REFUSE, Severity.REFUSE, Severity.WARN, Severity.WARN);
    }
}
