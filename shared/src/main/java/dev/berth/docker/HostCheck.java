package dev.berth.docker;

import dev.berth.model.Host.Capacity;
import dev.berth.model.Limits;
import dev.berth.port.ContainerHost.About;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an engine is fit to be a host: looked at when it is registered, from what it tells of itself. */
public final class HostCheck {
    private static final String OLDEST_API = "1.41";
    private static final Pattern API = Pattern.compile("(?<major>\\d{1,6})\\.(?<minor>\\d{1,6})");
    private static final long MILLI = 1_000;
    private static final long MIB = 1L << 20;

    /** What containers are fast and safe on; the first one's name where containerd keeps the images is overlayfs. */
    private static final Set<String> STORAGE = Set.of("overlay2", "overlayfs", "btrfs", "zfs");

    private final List<Finding> findings = new ArrayList<>();

    /** What a finding means for the registration. */
    public enum Severity {
        REFUSE,
        WARN
    }

    /** @param text a sentence for people */
    public record Finding(Severity severity, String text) {}

    private HostCheck() {}

    /**
     * What is to be said of an engine, the refusals first; nothing if all is well.
     *
     * @param claimed the capacity that the host is to be registered with
     * @param now our clock, at the moment when the engine told its time
     */
    public static List<Finding> of(Capacity claimed, About about, Instant now) {
        HostCheck check = new HostCheck();
        check.version(about);
        check.clock(about, now);
        check.certificates(about, now);
        check.capacity(claimed, about);
        check.storage(about);
        check.liveRestore(about);
        return check.findings.stream()
                .sorted((one, other) -> one.severity().compareTo(other.severity()))
                .toList();
    }

    private void version(About about) {
        if (!isAtLeast(about.apiVersion(), OLDEST_API)) {
            refuse("its Engine API is " + named(about.apiVersion()) + "; " + OLDEST_API
                    + " (Docker 20.10) or newer is needed");
        }
    }

    private static boolean isAtLeast(String version, String oldest) {
        Matcher theirs = API.matcher(version);
        Matcher ours = API.matcher(oldest);
        if (!theirs.matches() || !ours.matches()) {
            return false;
        }
        int major = Integer.compare(number(theirs, "major"), number(ours, "major"));
        return major > 0 || (major == 0 && number(theirs, "minor") >= number(ours, "minor"));
    }

    private static int number(Matcher version, String part) {
        return Integer.parseInt(version.group(part));
    }

    private void clock(About about, Instant now) {
        Duration difference = Duration.between(now, about.time());
        Duration size = difference.abs();
        String text = "its clock is " + size.toMillis() / (double) MILLI + " s "
                + (difference.isNegative() ? "behind" : "ahead of") + " ours";
        if (size.compareTo(Limits.CLOCK_DIFFERENCE_MOST) > 0) {
            refuse(text);
        } else if (size.compareTo(Limits.CLOCK_DIFFERENCE) > 0) {
            warn(text);
        }
    }

    private void certificates(About about, Instant now) {
        Instant end = about.certificatesEnd();
        if (!end.isAfter(now)) {
            refuse("a certificate of the connection ended at " + end);
        } else if (end.isBefore(now.plus(Limits.CERTIFICATE_WARNING))) {
            warn("a certificate of the connection ends at " + end + ", within " + Limits.CERTIFICATE_WARNING.toDays()
                    + " days");
        }
    }

    private void capacity(Capacity claimed, About about) {
        if (claimed.milliVcpu() > about.processors() * MILLI) {
            warn("it is to have " + claimed.milliVcpu() / (double) MILLI + " processors, the machine has "
                    + about.processors());
        }
        if (claimed.memoryBytes() > about.memoryBytes()) {
            warn("it is to have " + claimed.memoryBytes() / MIB + " MiB of memory, the machine has "
                    + about.memoryBytes() / MIB);
        }
    }

    private void storage(About about) {
        if (!STORAGE.contains(about.storageDriver())) {
            warn("its storage driver is " + named(about.storageDriver()) + "; overlay2, btrfs or zfs is advised");
        }
    }

    private void liveRestore(About about) {
        if (!about.liveRestore()) {
            warn("live-restore is off: its containers end whenever its daemon does; it is advised in daemon.json");
        }
    }

    private static String named(String told) {
        return told.isEmpty() ? "not known" : told;
    }

    private void refuse(String text) {
        findings.add(new Finding(Severity.REFUSE, text));
    }

    private void warn(String text) {
        findings.add(new Finding(Severity.WARN, text));
    }
}
