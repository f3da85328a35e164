package dev.berth.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.LoggedEntry;
import dev.berth.model.OperationFailed;
import dev.berth.model.Segment;
import dev.berth.port.LogArchive;
import dev.berth.wire.Json;
import dev.berth.wire.SegmentJson;
import dev.berth.wire.SegmentLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The archive in a {@link BucketModel}, asked for in the same requests as those of the real adapter. */
final class ModelArchive implements LogArchive {
    private final BucketModel bucket;
    private final ModelGames.Line line;

    ModelArchive(BucketModel bucket, ModelGames.Line line) {
        this.bucket = bucket;
        this.line = line;
    }

    @Override
    public List<Segment> segments(GameId game, long afterSeq, int limit) {
        String folder = "log/" + game.value() + "/";
        List<Segment> found = new ArrayList<>();
        List<String> page = keys(folder, folder);
        while (!page.isEmpty()) {
            for (String key : page) {
                if (found.size() == limit) {
                    return found;
                }
                if (key.endsWith(".manifest.json") && lastSeq(key) > afterSeq) {
                    Optional<Segment> segment =
                            line.request("get " + key, () -> bucket.get(key)).flatMap(bytes -> declared(bytes, key));
                    if (segment.isEmpty() && found.isEmpty()) {
                        throw new OperationFailed(ErrorCode.LOG_CORRUPT, key + " declares nothing that can be read");
                    }
                    if (segment.isEmpty()) {
                        return found;
                    }
                    found.add(segment.get());
                }
            }
            page = keys(folder, page.getLast());
        }
        return found;
    }

    private List<String> keys(String folder, String after) {
        return line.request("list " + folder + " after " + after, () -> bucket.keys(folder, after));
    }

    /** As its key has it; one that has none is looked at in any case. */
    private static long lastSeq(String key) {
        String number = key.replaceFirst(".*-(\\d+)\\.manifest\\.json", "$1");
        return number.equals(key) ? Long.MAX_VALUE : Long.parseLong(number);
    }

    private static Optional<Segment> declared(byte[] bytes, String key) {
        try {
            return Optional.of(SegmentJson.read(Json.parse(new String(bytes, UTF_8))))
                    .filter(segment -> manifest(segment).equals(key));
        } catch (OperationFailed unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public Kept read(Segment segment) {
        String key = entries(segment);
        return line.request("get " + key, () -> bucket.get(key))
                .map(packed -> SegmentLines.read(segment, packed))
                .map(lines -> new Kept(lines.entries(), lines.damage()))
                .orElseGet(() -> new Kept(List.of(), Optional.of("there is no " + key)));
    }

    @Override
    public void keepEntries(Segment segment, List<LoggedEntry> entries) {
        byte[] packed = SegmentLines.write(segment, entries);
        line.request("keep " + entries(segment), () -> bucket.putIfAbsent(entries(segment), packed));
    }

    @Override
    public void declare(Segment segment) {
        byte[] json = Json.write(SegmentJson.write(segment)).getBytes(UTF_8);
        line.request("declare " + manifest(segment), () -> bucket.putIfAbsent(manifest(segment), json));
    }

    /** The key of a segment's entries. */
    static String entries(Segment segment) {
        return place(segment) + ".jsonl.gz";
    }

    /** The key of what declares a segment. */
    static String manifest(Segment segment) {
        return place(segment) + ".manifest.json";
    }

    private static String place(Segment segment) {
        return String.format(
                Locale.ROOT, "log/%s/%012d-%012d", segment.game().value(), segment.firstSeq(), segment.lastSeq());
    }
}
