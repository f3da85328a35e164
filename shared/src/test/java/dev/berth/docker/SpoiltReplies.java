package dev.berth.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.docker.RecordedEngine.Body;
import dev.berth.docker.RecordedEngine.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** What may be wrong with an engine's replies, each chosen by a random number. Counts what is read of them. */
public final class SpoiltReplies implements Function<Reply, Reply> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Integer> STATUSES = List.of(
            100, 101, 199, 200, 201, 204, 206, 300, 301, 302, 304, 307, 400, 401, 403, 404, 406, 407, 409, 410, 418,
            429, 500, 501, 502, 503, 599, 600, 999, 0, -1);
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "9223372036854775808",
            "0.5",
            "\"\"",
            "\"x\"",
            "\"\\ud800\"",
            "[]",
            "[null]",
            "[[]]",
            "{}",
            "{\"a\":null}",
            "\"/../../images/x\"",
            "\"65536\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"0000-00-00\"",
            "\"" + "f".repeat(64) + "\"",
            "\"" + RecordedEngine.STRANGERS + "\"",
            "\"" + RecordedEngine.OTHER_GAMES + "\"",
            "\"" + "long ".repeat(2_000) + "\"",
            "\"running\"",
            "\"exited\"",
            "\"paused\"",
            "\"sleeping\"");
    private static final List<String> BODIES = List.of(
            "",
            "null",
            "[]",
            "{}",
            "[null]",
            "[{}]",
            "7",
            "\"text\"",
            "true",
            "{\"message\":null}",
            "<html>502</html>",
            "{\"message\":\"no space left on device\"}",
            "{\"message\":\"port is already allocated\"}",
            "{\"message\":\"exec: \\\"x\\\": starting container process caused\"}",
            "{\"errorDetail\":{\"message\":null}}",
            "{\"errorDetail\":{\"message\":\"manifest unknown\"},\"error\":\"x\"}",
            "{\"Id\":null}",
            "{\"Id\":7}",
            "{\"Id\":\"../../volumes/x\"}",
            "{\"Id\":\"" + RecordedEngine.STRANGERS + "\"}",
            "\uFEFF{}",
            "{\"a\":1}{\"a\":2}");
    private static final List<String> LABELS =
            List.of("berth.owner", "berth.game", "berth.fence", "berth.op", "berth.spec", "berth.image");
    private static final List<String> LABELLED =
            List.of("\"other\"", "\"poker\"", "\"-1\"", "\"999999\"", "\"99999999999999999999\"", "\"\"", "null", "7");

    /** What is sent over and over again; nothing of it ever ends. */
    private static final List<String> ENDLESS = List.of(
            " ",
            "[",
            "{\"a\":",
            "\"aaaa",
            "[{},",
            "9",
            "{\"a\":[1,2,3]}",
            "\1\0\0\0\0\0\0\1x",
            "\2\0\0\0\177\177\177\177",
            "x");

    private final Random random;
    private final int oneIn;
    private final AtomicLong spoilt = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();

    /** @param oneIn of so many replies, one is spoilt */
    public SpoiltReplies(Random random, int oneIn) {
        this.random = random;
        this.oneIn = oneIn;
    }

    /** How many replies were spoilt. */
    public long spoilt() {
        return spoilt.get();
    }

    /** How much was read of the longest reply. */
    public long longest() {
        return longest.get();
    }

    @Override
    public Reply apply(Reply reply) {
        if (random.nextInt(oneIn) != 0) {
            return reply;
        }
        spoilt.incrementAndGet();
        byte[] bytes = ((Body.Bytes) reply.body()).bytes();
        return switch (random.nextInt(14)) {
            case 0 -> reply.with(one(STATUSES));
            case 1 -> reply.with(one(STATUSES)).with(new Body.Bytes(one(BODIES).getBytes(UTF_8)));
            case 2 -> reply.with(new Body.Bytes(one(BODIES).getBytes(UTF_8)));
            case 3 -> reply.with(new Body.Bytes(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))));
            case 4 -> reply.with(new Body.Bytes(turned(bytes.clone())));
            case 5 -> reply.with(new Body.Stream(new Broken(bytes, random.nextInt(bytes.length + 1), broken())));
            case 6 -> reply.with(nothing());
            case 7 -> reply.with(rare(new Body.Bytes(nested())));
            case 8 ->
                new Reply(
                        reply.status(),
                        Map.of("Content-Type", List.of(one(BODIES)), "", List.of("")),
                        "",
                        reply.body());
            case 9 -> reply.with(new Body.Bytes(relabelled(bytes)));
            default -> reply.with(new Body.Bytes(changed(bytes)));
        };
    }

    // --- bodies ---

    /** What has no end is read up to the limit, which takes its time: most are only nested too deeply. */
    private Body rare(Body usual) {
        return random.nextInt(80) == 0 ? new Body.Stream(new Endless(one(ENDLESS))) : usual;
    }

    private byte[] nested() {
        int depth = one(List.of(10, 400, 2_000, 100_000));
        return (random.nextBoolean() ? "[".repeat(depth) : "{\"Config\":".repeat(depth)).getBytes(UTF_8);
    }

    private byte[] turned(byte[] bytes) {
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        return inJson(bytes, json -> {
            List<ContainerNode<?>> all = new ArrayList<>();
            collect(json, all);
            if (!all.isEmpty()) {
                change(one(all));
            }
        });
    }

    private byte[] relabelled(byte[] bytes) {
        return inJson(bytes, json -> {
            List<ObjectNode> all = json.findParents("berth.owner").stream()
                    .map(ObjectNode.class::cast)
                    .toList();
            if (!all.isEmpty()) {
                one(all).set(one(LABELS), value(one(LABELLED)));
            }
        });
    }

    private interface Change {
        void make(JsonNode json);
    }

    private static byte[] inJson(byte[] bytes, Change change) {
        try {
            JsonNode json = JSON.readTree(bytes);
            change.make(json);
            return json.toString().getBytes(UTF_8);
        } catch (JsonProcessingException none) {
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode node, List<ContainerNode<?>> all) {
        if (node instanceof ContainerNode<?> container && !container.isEmpty()) {
            all.add(container);
            node.forEach(inner -> collect(inner, all));
        }
    }

    private void change(ContainerNode<?> node) {
        JsonNode value = value(one(VALUES));
        boolean removed = random.nextInt(4) == 0;
        if (node instanceof ArrayNode list) {
            int at = random.nextInt(list.size());
            if (removed) {
                list.remove(at);
            } else {
                list.set(at, value);
            }
        } else {
            ObjectNode object = (ObjectNode) node;
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = one(names);
            if (removed) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        }
    }

    private static JsonNode value(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    // --- what breaks off ---

    private IOException broken() {
        return one(List.of(
                new ConnectionClosedException("premature end of chunk"),
                new MalformedChunkCodingException("bad chunk header"),
                new SocketException("connection reset"),
                new SocketTimeoutException("read timed out")));
    }

    private Body nothing() {
        return new Body.None(one(List.of(
                new UncheckedIOException(new NoHttpResponseException("failed to respond")),
                new UncheckedIOException(new SocketException("connection reset")),
                new UncheckedIOException(new SSLHandshakeException("certificate_unknown")),
                new UncheckedIOException(new SocketTimeoutException("connect timed out")),
                new IllegalArgumentException("no protocol that anybody knows"))));
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** The body as it is read. */
    static InputStream opened(Body body) {
        return switch (body) {
            case Body.Bytes whole -> new ByteArrayInputStream(whole.bytes());
            case Body.Stream(InputStream stream) -> stream;
            case Body.None(RuntimeException why) -> throw why;
        };
    }

    private static final class Broken extends InputStream {
        private final ByteArrayInputStream bytes;
        private final IOException end;

        Broken(byte[] bytes, int length, IOException end) {
            this.bytes = new ByteArrayInputStream(bytes, 0, length);
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            return orBroken(bytes.read());
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return orBroken(bytes.read(into, from, length));
        }

        private int orBroken(int read) throws IOException {
            if (read < 0) {
                throw end;
            }
            return read;
        }
    }

    private final class Endless extends InputStream {
        private final byte[] piece;
        private long read;

        Endless(String piece) {
            this.piece = piece.getBytes(UTF_8);
        }

        @Override
        public int read() {
            longest.accumulateAndGet(read + 1, Math::max);
            return piece[(int) (read++ % piece.length)] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            for (int i = 0; i < length; i++) {
                into[from + i] = piece[(int) (read++ % piece.length)];
            }
            longest.accumulateAndGet(read, Math::max);
            return length;
        }
    }
}
