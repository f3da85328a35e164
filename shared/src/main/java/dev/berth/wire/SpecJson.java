package dev.berth.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Blob;
import dev.berth.model.FileSpec;
import dev.berth.model.HealthCheck;
import dev.berth.model.Resources;
import dev.berth.model.RestartPolicy;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.SecretRef;
import dev.berth.model.Sha256;
import dev.berth.model.Size;
import dev.berth.model.VolumeSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A spec as it travels in a start message and stands in the game item. */
public final class SpecJson {
    /** What a game gets whose start says nothing. */
    public static final RuntimeSpec DEFAULTS;

    private static final int MAX_SIZE = 32 * 1024;
    private static final int MAX_LIST = 128;
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final long DEFAULT_RETRIES = 3;
    private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern LABEL_NAME = Pattern.compile("[a-z0-9][a-z0-9._/-]{0,127}");
    private static final Pattern SIGNAL = Pattern.compile("SIG[A-Z0-9+-]{2,12}|[0-9]{1,2}");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.-]{1,64}(:[A-Za-z0-9_.-]{1,64})?");

    static {
        DEFAULTS = read(Fields.of(Json.object()));
    }

    private SpecJson() {}

    /** Reads a spec as a message brings it; what it leaves out has the contract's defaults. */
    public static RuntimeSpec received(Fields spec, Consumer<Blob> contents) {
        return read(spec, file -> FilesJson.received(file, contents));
    }

    /** Reads a spec as it is kept, without the contents of its files: the opposite of {@link #write}. */
    public static RuntimeSpec read(Fields spec) {
        return read(spec, FilesJson::stored);
    }

    private static RuntimeSpec read(Fields spec, Function<Fields, FileSpec> file) {
        Resources defaults = RuntimeSpec.DEFAULT_RESOURCES;
        int milliVcpu = spec.optionalNumber("vcpu", SpecJson::milli).orElse(defaults.milliVcpu());
        Size memory = spec.optionalTextOrNumber("memory", Size::parse).orElse(defaults.memory());
        Optional<Size> disk = spec.optionalTextOrNumber("disk", Size::parse);
        List<VolumeSpec> volumes = FilesJson.readVolumes(spec);
        boolean readOnly = spec.flag("read_only");
        Optional<Stop> stop = spec.optionalObject("stop", SpecJson::readStop);
        RuntimeSpec read = new RuntimeSpec(
                new Resources(milliVcpu, memory),
                disk,
                spec.texts("command", MAX_LIST),
                readEnv(spec),
                PortsJson.read(spec),
                volumes,
                FilesJson.read(spec, file, volumes, readOnly),
                spec.optionalObject("health", SpecJson::readHealth),
                spec.optionalWhole("settle_seconds", 0, 300).map(Duration::ofSeconds),
                stop.flatMap(Stop::signal),
                stop.flatMap(Stop::grace),
                spec.optionalWord("restart", RestartPolicy.class).orElse(RestartPolicy.NEVER),
                spec.optionalText("auto_stop_after", Times::duration),
                spec.optionalText("retain_for", Times::duration),
                spec.textMap("labels", MAX_LIST, SpecJson::ownLabel),
                spec.optionalText("user", user -> require(USER, user)),
                readOnly,
                spec.textMap("host_labels", MAX_LIST, name -> require(LABEL_NAME, name)));
        return spec.build(() -> bounded(read));
    }

    /** Writes every field that is not its default, so that equal specs have equal canonical forms. */
    public static ObjectNode write(RuntimeSpec spec) {
        ObjectNode json = Json.object();
        json.put("vcpu", BigDecimal.valueOf(spec.resources().milliVcpu(), 3).stripTrailingZeros());
        json.put("memory", spec.resources().memory().toString());
        spec.disk().ifPresent(disk -> json.put("disk", disk.toString()));
        Json.putTexts(json, "command", spec.command());
        Json.putTexts(json, "env", spec.env());
        Json.putObjects(json, "ports", spec.ports(), PortsJson::write);
        Json.putObjects(json, "volumes", spec.volumes(), FilesJson::write);
        Json.putObjects(json, "files", spec.files(), FilesJson::write);
        spec.health().ifPresent(health -> json.set("health", writeHealth(health)));
        spec.settle().ifPresent(settle -> json.put("settle_seconds", settle.toSeconds()));
        if (spec.stopSignal().isPresent() || spec.stopGrace().isPresent()) {
            ObjectNode stop = json.putObject("stop");
            spec.stopSignal().ifPresent(signal -> stop.put("signal", signal));
            spec.stopGrace().ifPresent(grace -> stop.put("grace_seconds", grace.toSeconds()));
        }
        if (spec.restart() != RestartPolicy.NEVER) {
            json.put("restart", spec.restart().wire());
        }
        spec.autoStopAfter().ifPresent(after -> json.put("auto_stop_after", after.toString()));
        spec.retainFor().ifPresent(retain -> json.put("retain_for", retain.toString()));
        Json.putTexts(json, "labels", spec.labels());
        spec.user().ifPresent(user -> json.put("user", user));
        if (spec.readOnly()) {
            json.put("read_only", true);
        }
        Json.putTexts(json, "host_labels", spec.hostLabels());
        return json;
    }

    /** The hash that stands in the record and on the container's label. */
    public static String hash(RuntimeSpec spec) {
        return Sha256.hex(Json.canonical(write(spec)));
    }

    /** A game's item holds the last spec and the next one, and each write costs the whole item. */
    private static RuntimeSpec bounded(RuntimeSpec spec) {
        if (write(spec).toString().length() > MAX_SIZE) {
            throw new IllegalArgumentException("must be at most " + MAX_SIZE + " characters as a whole");
        }
        return spec;
    }

    private static int milli(BigDecimal vcpu) {
        BigDecimal milli = vcpu.movePointRight(3);
        if (milli.compareTo(BigDecimal.valueOf(50)) < 0 || milli.compareTo(BigDecimal.valueOf(64_000)) > 0) {
            throw new IllegalArgumentException("must be 0.05 to 64");
        }
        return milli.intValue();
    }

    private static Map<String, String> readEnv(Fields spec) {
        Map<String, String> env = spec.textMap("env", MAX_LIST, name -> require(ENV_NAME, name));
        env.forEach((name, value) -> spec.build("env." + name, () -> SecretRef.of(value)));
        return env;
    }

    private static HealthCheck readHealth(Fields health) {
        return new HealthCheck(
                health.texts("command", MAX_LIST),
                seconds(health, "interval_seconds", 1).orElse(DEFAULT_INTERVAL),
                seconds(health, "timeout_seconds", 1).orElse(DEFAULT_TIMEOUT),
                health.optionalWhole("retries", 1, 100).orElse(DEFAULT_RETRIES).intValue(),
                seconds(health, "start_period_seconds", 0).orElse(Duration.ZERO));
    }

    private static Optional<Duration> seconds(Fields fields, String name, long min) {
        return fields.optionalWhole(name, min, 300).map(Duration::ofSeconds);
    }

    private static ObjectNode writeHealth(HealthCheck health) {
        ObjectNode json = Json.object();
        Json.putTexts(json, "command", health.command());
        json.put("interval_seconds", health.interval().toSeconds());
        json.put("timeout_seconds", health.timeout().toSeconds());
        json.put("retries", health.retries());
        json.put("start_period_seconds", health.startPeriod().toSeconds());
        return json;
    }

    private record Stop(Optional<String> signal, Optional<Duration> grace) {}

    private static Stop readStop(Fields stop) {
        return new Stop(
                stop.optionalText("signal", signal -> require(SIGNAL, signal)), seconds(stop, "grace_seconds", 0));
    }

    private static String ownLabel(String name) {
        if (name.startsWith("berth.")) {
            throw new IllegalArgumentException("must not start with berth., which is ours");
        }
        return require(LABEL_NAME, name);
    }

    private static String require(Pattern form, String text) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("must match " + form.pattern());
        }
        return text;
    }
}
