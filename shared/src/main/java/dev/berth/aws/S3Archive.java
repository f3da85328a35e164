package dev.berth.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.Limits;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The archive in a bucket. Each segment is two objects: {@code log/GAME/FIRST-LAST.jsonl.gz} with its entries, and
 * {@code log/GAME/FIRST-LAST.manifest.json}, which declares it; both numbers have twelve digits, so that keys are in the
 * order of the log. Objects are written only where there is none.
 */
public final class S3Archive implements LogArchive {
    private static final String ENTRIES = ".jsonl.gz";
    private static final String MANIFEST = ".manifest.json";

    private static final Pattern LAST_SEQ = Pattern.compile("-(\\d{12,18})\\.manifest\\.json$");

    private static final int LARGEST_PAGE = 1000;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Client s3;
    private final String bucket;

    public S3Archive(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public List<Segment> segments(GameId game, long afterSeq, int limit) {
        List<Segment> segments = new ArrayList<>();
        Optional<String> after = Optional.of(firstKey(game, afterSeq));
        while (after.isPresent()) {
            ListObjectsV2Response page = page(game, after.get(), limit);
            for (S3Object object : page.contents()) {
                if (segments.size() == limit) {
                    return segments;
                }
                if (object.key().endsWith(MANIFEST) && lastSeq(object.key()) > afterSeq) {
                    Optional<Segment> segment = declared(game, object.key(), !segments.isEmpty());
                    if (segment.isEmpty()) {
                        return segments;
                    }
                    segments.add(segment.get());
                }
            }
            after = page.isTruncated() ? Optional.of(page.contents().getLast().key()) : Optional.empty();
        }
        return segments;
    }

    /** Stands before the key of every segment that ends after that entry. */
    private static String firstKey(GameId game, long afterSeq) {
        return folder(game) + number(Math.max(0, afterSeq - Limits.SEGMENT + 2));
    }

    /** A name that is none of ours is looked at in any case. */
    private static long lastSeq(String manifest) {
        Matcher name = LAST_SEQ.matcher(manifest);
        return name.find() ? Long.parseLong(name.group(1)) : Long.MAX_VALUE;
    }

    private ListObjectsV2Response page(GameId game, String after, int segments) {
        // Each segment is two objects, and the first one of them may end before the entry that was asked for.
        int objects = (int) Math.min(LARGEST_PAGE, 2L * segments + 2);
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(folder(game))
                .startAfter(after)
                .maxKeys(objects)
                .build();
        return AwsErrors.translated(() -> s3.listObjectsV2(request));
    }

    /**
     * What a manifest declares; empty if it is damaged and ends the list here.
     *
     * @param begun whether there are others in the list
     */
    private Optional<Segment> declared(GameId game, String key, boolean begun) {
        try {
            return Optional.of(manifest(game, key));
        } catch (OperationFailed e) {
            if (e.code() == ErrorCode.LOG_CORRUPT && begun) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Segment manifest(GameId game, String key) {
        byte[] bytes = get(key, Json.MAX_BYTES).orElseThrow(() -> corrupt(key, "is gone"));
        Segment segment;
        try {
            segment = SegmentJson.read(Json.parse(new String(bytes, UTF_8)));
        } catch (OperationFailed unreadable) {
            throw corrupt(key, "cannot be read: " + unreadable.text());
        }
        if (!segment.game().equals(game) || !key.equals(key(segment, MANIFEST))) {
            throw corrupt(key, "declares another segment");
        }
        return segment;
    }

    @Override
    public Kept read(Segment segment) {
        String key = key(segment, ENTRIES);
        return get(key, SegmentLines.MAX_BYTES)
                .map(packed -> SegmentLines.read(segment, packed))
                .map(lines -> new Kept(lines.entries(), lines.damage().map(damage -> key + ": " + damage)))
                .orElseGet(() -> new Kept(List.of(), Optional.of(key + ": there is no such object")));
    }

    @Override
    public void keepEntries(Segment segment, List<LoggedEntry> entries) {
        putIfAbsent(key(segment, ENTRIES), "application/gzip", SegmentLines.write(segment, entries));
    }

    @Override
    public void declare(Segment segment) {
        String json = Json.write(SegmentJson.write(segment));
        putIfAbsent(key(segment, MANIFEST), "application/json", json.getBytes(UTF_8));
    }

    private void putIfAbsent(String key, String type, byte[] bytes) {
        try {
            AwsErrors.translated(() -> s3.putObject(
                    put -> put.bucket(bucket).key(key).contentType(type).ifNoneMatch("*"),
                    RequestBody.fromBytes(bytes)));
        } catch (OperationFailed e) {
            // Somebody was faster, or it was ourselves and the answer was lost.
            if (!(e.getCause() instanceof S3Exception refused && refused.statusCode() == PRECONDITION_FAILED)) {
                throw e;
            }
        }
    }

    /** An object, of which no more than one byte beyond {@code largest} is read; empty if there is none. */
    private Optional<byte[]> get(String key, int largest) {
        try {
            return Optional.of(AwsErrors.translated(() ->
                    s3.getObject(get -> get.bucket(bucket).key(key), (_, content) -> content.readNBytes(largest + 1))));
        } catch (OperationFailed e) {
            if (e.getCause() instanceof NoSuchKeyException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static OperationFailed corrupt(String key, String what) {
        return new OperationFailed(ErrorCode.LOG_CORRUPT, "the archive's " + key + " " + what);
    }

    private static String key(Segment segment, String kind) {
        return folder(segment.game()) + number(segment.firstSeq()) + "-" + number(segment.lastSeq()) + kind;
    }

    private static String folder(GameId game) {
        return "log/" + game.value() + "/";
    }

    private static String number(long seq) {
        return String.format(Locale.ROOT, "%012d", seq);
    }
}
