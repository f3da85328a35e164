package dev.berth.docker;

import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ProgressDetail;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a pull is, added up from what the engine reports of each layer. */
final class PullProgress {
    private static final double MEGABYTE = 1_000_000;
    private static final int MOST_LAYERS = 1_000;
    private static final String DOWNLOADING = "Downloading";

    /** In the order in which a layer goes through them. */
    private static final List<String> STAGES = List.of(
            "Pulling fs layer",
            DOWNLOADING,
            "Verifying Checksum",
            "Download complete",
            "Extracting",
            "Pull complete",
            "Already exists");

    private final Map<String, Layer> layers = new HashMap<>();

    /**
     * The furthest that a layer has come.
     *
     * @param position within its stage
     * @param size of its download in bytes, 0 as long as it is unknown
     */
    private record Layer(int stage, long position, long size) {
        static final Layer UNKNOWN = new Layer(-1, 0, 0);

        boolean isBehind(int otherStage, long otherPosition) {
            return stage < otherStage || (stage == otherStage && position < otherPosition);
        }

        long downloaded() {
            return stage == STAGES.indexOf(DOWNLOADING) ? position : size;
        }
    }

    /** Takes up a report, and tells whether it says that the pull is further than ever before; a try again is not. */
    synchronized boolean advance(PullResponseItem report) {
        int stage = STAGES.indexOf(String.valueOf(report.getStatus()));
        String id = String.valueOf(report.getId());
        Layer before = layers.getOrDefault(id, Layer.UNKNOWN);
        Optional<ProgressDetail> detail = Optional.ofNullable(report.getProgressDetail());
        long position = number(detail.map(ProgressDetail::getCurrent).orElse(null));
        boolean oneTooMany = layers.size() >= MOST_LAYERS && !layers.containsKey(id);
        if (stage < 0 || oneTooMany || !before.isBehind(stage, position)) {
            return false;
        }
        boolean tellsSize = stage == STAGES.indexOf(DOWNLOADING);
        long size = tellsSize ? number(detail.map(ProgressDetail::getTotal).orElse(null)) : before.size();
        layers.put(id, new Layer(stage, position, size));
        return true;
    }

    private static long number(@Nullable Long told) {
        return told == null ? 0 : Math.max(told, 0);
    }

    /** Such as {@code 12.3 of 40.1 MB}: of the layers whose size is known by now. */
    synchronized String text() {
        long size = layers.values().stream().mapToLong(Layer::size).sum();
        long downloaded = layers.values().stream()
                .mapToLong(layer -> Math.min(layer.downloaded(), layer.size()))
                .sum();
        return size == 0
                ? "waiting"
                : String.format(Locale.ROOT, "%.1f of %.1f MB", downloaded / MEGABYTE, size / MEGABYTE);
    }
}
