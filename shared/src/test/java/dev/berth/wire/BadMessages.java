package dev.berth.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Job;
import dev.berth.model.OpKind;
import dev.berth.model.OperationFailed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Messages as nobody should send them, each made of a valid one in one of many ways. A message is made by its number
 * alone: the same number is the same message for ever.
 */
public final class BadMessages {
    /** When all of them were sent. */
    public static final Instant SENT = Messages.SENT;

    private static final List<OpKind> KINDS =
            List.of(OpKind.START, OpKind.START, OpKind.STOP, OpKind.RESTART, OpKind.PATCH, OpKind.CLEANUP_CONTAINER);
    private static final String RECONCILE = """
            {"host_id": "host-1", "job_id": "job-6", "op_source": "auto_reconcile", "source_ref": "ticket 12",
             "requested_at": "2026-01-31T11:59:00Z", "deadline": "2026-01-31T12:30:00Z"}""";
    private static final int BASES = 24;
    private static final String MARK = "@@MARK@@";

    private static final Set<String> MAPS = Set.of("spec.env", "spec.labels", "spec.host_labels");
    private static final Predicate<String> REQUIRED = Stream.of(
                    "game_id",
                    "host_id",
                    "image_ref",
                    "spec\\.ports\\[\\d+]\\.container",
                    "spec\\.volumes\\[\\d+]\\.(name|path)",
                    "spec\\.files\\[\\d+]\\.path")
            .map(path -> Pattern.compile(path).asMatchPredicate())
            .reduce(_ -> false, Predicate::or);
    private static final List<String> NUMBERS =
            List.of("1e999999999", "-1e999999999", "1e-999999999", "1e2147483647", "-1", "1e30", "9".repeat(32));
    private static final List<String> FIELDS = List.of(
            "extra",
            "Game_id",
            "game_id ",
            "__proto__",
            "",
            " ",
            "\\u043a\\u043b\\u044e\\u0447",
            "\\u0000",
            "e".repeat(400));
    private static final List<String> NOT_CARRIED =
            List.of("a\\u0000", "\\ud800", "\\udc00\\ud800", "\\ufffe", "\uFFFF", "x\\udfffx");

    /** What no field of that name, or none whose path ends so, may have. */
    private static final Map<String, List<String>> WRONG = Map.ofEntries(
            Map.entry("game_id", List.of("", "A", "-a", "a_b", "../a", "a/b", "a".repeat(64), "a ", "\\u00e9")),
            Map.entry("host_id", List.of("", "A", "-a", "a_b", "../a", "a/b", "a".repeat(64), "a ", "\\u00e9")),
            Map.entry("job_id", List.of("", "a b", "a/b", "j".repeat(129), "j\\n", "\\ud83d\\ude00")),
            Map.entry("source_ref", List.of("r".repeat(257))),
            Map.entry("op_source", List.of("", "nobody", "GM_REST", "gm_rest ")),
            Map.entry("reason", List.of("", "bored", "IDLE")),
            Map.entry("restart", List.of("", "no", "unless-stopped")),
            Map.entry("protocol", List.of("", "sctp", "TCP")),
            Map.entry("requested_at", instants()),
            Map.entry("deadline", instants()),
            Map.entry("auto_stop_after", durations()),
            Map.entry("retain_for", durations()),
            Map.entry(
                    "image_ref",
                    List.of(
                            "",
                            "Game:1",
                            "a b",
                            "https://x/y",
                            "x@sha256:12",
                            "../x",
                            "x:" + "t".repeat(129),
                            "/x",
                            "x/../y",
                            "sha256:" + "a".repeat(64),
                            "x:1:2",
                            "n".repeat(1100))),
            Map.entry(
                    "memory",
                    List.of("", "-1M", "0", "129G", "1T", "1e3M", "1,5G", "0.0000001K", "9".repeat(40) + "G", "NaN")),
            Map.entry("disk", List.of("", "-1M", "0", "129G", "1T", "\\u0663M", "Infinity")),
            Map.entry("signal", List.of("", "KILL", "SIG", "SIGKILLKILLKILLKILL", "999", "sigint")),
            Map.entry("user", List.of("", ":1", "a b", "root:root:root", "u".repeat(65), "../root")),
            Map.entry("mode", List.of("", "4755", "888", "7", "0o600", "rw-------")),
            Map.entry("content_base64", List.of("?", "AP8", "A===", "AP8=\\n", "AP9=")),
            Map.entry("name", List.of("", ".", "..", "../x", "a/b", "a b", "n".repeat(300))),
            Map.entry(
                    "path",
                    List.of(
                            "",
                            "etc/x",
                            "/",
                            "/etc/../etc/shadow",
                            "/../../etc/shadow",
                            "/./x",
                            "//x",
                            "/x/",
                            "/proc/self/environ",
                            "/sys/x",
                            "/a:b",
                            "/" + "p".repeat(256),
                            "/a\\u0000b",
                            "/" + "a/".repeat(600))));

    private static final List<Base> ALL = bases();

    /**
     * A message.
     *
     * @param kind what its queue carries; empty for the queue of hosts
     * @param field how the refusal must begin, where one thing alone is wrong; empty where nobody knows
     * @param secret a text that stands in it and in no refusal; empty where there is none
     */
    public record Message(
            long number,
            Optional<OpKind> kind,
            String id,
            String body,
            Optional<String> field,
            Optional<String> secret) {
        @Override
        public String toString() {
            return "message " + number + " (" + kind.map(OpKind::wire).orElse("reconcile") + "): "
                    + (body.length() > 2000 ? body.substring(0, 2000) + "... " + body.length() : body);
        }
    }

    /** A value of a valid message, by its path as a refusal names it. */
    private record Spot(String path, JsonPointer at, JsonNode value) {
        String name() {
            return path.substring(path.lastIndexOf('.') + 1);
        }
    }

    private record Base(Optional<OpKind> kind, ObjectNode message, List<Spot> spots) {}

    private record Made(String body, Optional<String> field, Optional<String> secret) {
        static Made of(String body) {
            return new Made(body, Optional.empty(), Optional.empty());
        }

        static Made naming(String field, String body) {
            return new Made(body, Optional.of(field), Optional.empty());
        }
    }

    private interface Way {
        /** Empty if the message has nothing to be spoilt in that way. */
        Optional<Made> spoil(Base base, Random random);
    }

    private static final List<Way> WAYS = List.of(
            BadMessages::anotherType,
            BadMessages::aNumberOutOfAllBounds,
            BadMessages::aFieldThatNobodyKnows,
            BadMessages::aFieldOfAnotherKind,
            BadMessages::aFieldThatIsMissing,
            BadMessages::aFieldTwice,
            BadMessages::aTextThatIsNotCarried,
            BadMessages::aTextOfTheWrongForm,
            BadMessages::aTextThatIsHuge,
            BadMessages::aListThatIsHuge,
            BadMessages::aMapThatIsHuge,
            BadMessages::valuesInEachOther,
            BadMessages::severalThings,
            BadMessages::severalThings,
            BadMessages::otherCharacters,
            BadMessages::otherCharacters,
            BadMessages::otherBytes,
            BadMessages::theBeginning,
            BadMessages::noJsonAtAll,
            (base, _) -> Optional.of(Made.of(Json.write(base.message()))));

    private BadMessages() {}

    /** The message of that number, about some game. */
    public static Message of(long number) {
        return of(number, "match-42");
    }

    /** The message of that number, about that game, or about no game at all if that is what is wrong with it. */
    public static Message of(long number, String game) {
        // Numbers that follow each other must not make alike messages.
        Random random = new Random(number * 0x9E3779B97F4A7C15L);
        Base some = ALL.get(random.nextInt(ALL.size()));
        ObjectNode message = some.message().deepCopy().put("job_id", "job-" + number);
        some.kind().ifPresent(_ -> message.put("game_id", game));
        Base base = new Base(some.kind(), message, some.spots());
        Made made = Stream.generate(() -> WAYS.get(random.nextInt(WAYS.size())).spoil(base, random))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
        return new Message(number, base.kind(), "message-" + number, made.body(), made.field(), made.secret());
    }

    // --- valid ones ---

    private static List<Base> bases() {
        Samples samples = new Samples(7);
        List<Base> bases = new ArrayList<>();
        for (OpKind kind : KINDS) {
            bases.add(base(Optional.of(kind), Messages.of(kind)));
        }
        bases.add(base(Optional.empty(), Json.parse(RECONCILE)));
        while (bases.size() < BASES) {
            Job job = samples.sentJob();
            bases.add(base(Optional.of(job.kind()), JobMessages.write(job)));
            bases.add(base(Optional.of(OpKind.START), started(samples)));
            bases.add(base(Optional.empty(), JobMessages.write(samples.reconcileJob())));
        }
        return List.copyOf(bases);
    }

    /** What a spec is kept as, is what it may be sent as, but for its files. */
    private static ObjectNode started(Samples samples) {
        while (true) {
            ObjectNode spec = SpecJson.write(samples.spec());
            spec.remove("files");
            ObjectNode message = Messages.of(OpKind.START).set("spec", spec);
            try {
                Messages.read(OpKind.START, message);
                return message;
            } catch (OperationFailed tooLarge) {
                // Another one.
            }
        }
    }

    private static Base base(Optional<OpKind> kind, ObjectNode message) {
        List<Spot> spots = new ArrayList<>();
        collect(message, "", JsonPointer.empty(), spots);
        return new Base(kind, message, List.copyOf(spots));
    }

    private static void collect(JsonNode node, String path, JsonPointer at, List<Spot> spots) {
        if (!path.isEmpty()) {
            spots.add(new Spot(path, at, node));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), path + "[" + i + "]", at.appendIndex(i), spots);
        }
        node.properties()
                .forEach(field -> collect(
                        field.getValue(), inner(path, field.getKey()), at.appendProperty(field.getKey()), spots));
    }

    private static String inner(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    // --- ways to spoil them ---

    private static Optional<Made> anotherType(Base base, Random random) {
        return some(base, random, _ -> true).map(spot -> {
            List<String> others = Stream.of("\"text\"", "7777.5", "true", "[1]", "{\"a\":1}", "[[]]")
                    .filter(other -> !isOfTypeOf(spot, Messages.value(other)))
                    .toList();
            return Made.naming(spot.path(), with(base, spot, one(others, random)));
        });
    }

    private static boolean isOfTypeOf(Spot spot, JsonNode other) {
        boolean size = spot.path().equals("spec.memory") || spot.path().equals("spec.disk");
        return spot.value().getNodeType() == other.getNodeType() || (size && (other.isTextual() || other.isNumber()));
    }

    private static Optional<Made> aNumberOutOfAllBounds(Base base, Random random) {
        return some(base, random, spot -> spot.value().isNumber())
                .map(spot -> Made.naming(spot.path(), with(base, spot, one(NUMBERS, random))));
    }

    private static Optional<Made> aFieldThatNobodyKnows(Base base, Random random) {
        String name = one(FIELDS, random);
        String read = Json.parse("{\"n\":\"" + name + "\"}").get("n").textValue();
        String field = "\"" + name + "\":" + (random.nextBoolean() ? "null" : "[1]");
        return Optional.of(some(base, random, spot -> spot.value().isObject() && !MAPS.contains(spot.path()))
                .filter(_ -> random.nextBoolean())
                .map(spot -> Made.naming(
                        inner(spot.path(), read) + " is not a known field",
                        with(base, spot, insert(Json.write(spot.value()), field))))
                .orElseGet(
                        () -> Made.naming(read + " is not a known field", insert(Json.write(base.message()), field))));
    }

    private static Optional<Made> aFieldOfAnotherKind(Base base, Random random) {
        return Stream.of("spec", "image_ref", "reason", "purge_volumes", "grace_seconds", "host_id", "game_id")
                .filter(name -> !isOf(base.kind(), name))
                .skip(random.nextInt(3))
                .findFirst()
                .map(name -> Made.naming(
                        name + " is not a known field", insert(Json.write(base.message()), "\"" + name + "\":null")));
    }

    private static boolean isOf(Optional<OpKind> kind, String name) {
        return kind.map(known -> Messages.of(known).has(name)).orElse(name.equals("host_id"));
    }

    private static Optional<Made> aFieldThatIsMissing(Base base, Random random) {
        return some(base, random, spot -> REQUIRED.test(spot.path()))
                .map(spot -> Made.naming(spot.path() + " is required", with(base, spot, "null")));
    }

    private static Optional<Made> aFieldTwice(Base base, Random random) {
        String text = Json.write(base.message());
        return some(base, random, spot -> !spot.path().endsWith("]"))
                .map(spot -> "\"" + spot.name() + "\":")
                .filter(text::contains)
                .map(field -> Made.naming("the message is not JSON", text.replace(field, field + "null," + field)));
    }

    private static Optional<Made> aTextThatIsNotCarried(Base base, Random random) {
        return some(base, random, spot -> spot.value().isTextual())
                .map(spot -> Made.naming(
                        spot.path() + " must not have NUL", with(base, spot, "\"" + one(NOT_CARRIED, random) + "\"")));
    }

    private static Optional<Made> aTextOfTheWrongForm(Base base, Random random) {
        return some(base, random, spot -> spot.value().isTextual() && isFormed(spot))
                .map(spot -> {
                    String wrong = one(WRONG.get(spot.name()), random);
                    return new Made(
                            with(base, spot, "\"" + wrong + "\""),
                            Optional.of(spot.path()),
                            Optional.of(wrong).filter(text -> text.length() > 20));
                });
    }

    /** Not what somebody calls so in a map of his own. */
    private static boolean isFormed(Spot spot) {
        return WRONG.containsKey(spot.name()) && MAPS.stream().noneMatch(spot.path()::startsWith);
    }

    private static Optional<Made> aTextThatIsHuge(Base base, Random random) {
        return some(base, random, spot -> spot.value().isTextual()).map(spot -> {
            String secret = "canary" + random.nextLong(Long.MAX_VALUE);
            String piece = one(List.of("a", "\\u0001", "\u20AC", "\\\\", "0", "/"), random);
            int times = many(List.of(200, 2_000), List.of(5_000, 33_000, 140_000, 263_000), random) / piece.length();
            return new Made(
                    with(base, spot, "\"" + secret + piece.repeat(times) + secret + "\""),
                    Optional.empty(),
                    Optional.of(secret));
        });
    }

    private static Optional<Made> aListThatIsHuge(Base base, Random random) {
        return some(base, random, spot -> spot.value().isArray()).map(spot -> {
            String element = one(List.of(Json.write(spot.value().get(0)), "0", "[]", "{}"), random);
            int times = many(List.of(129, 150), List.of(1_000, 20_000), random);
            String body = with(base, spot, "[" + (element + ",").repeat(times) + element + "]");
            return Made.naming(isTooLarge(body) ? "the message is larger" : spot.path() + " must have at most", body);
        });
    }

    private static Optional<Made> aMapThatIsHuge(Base base, Random random) {
        return some(base, random, spot -> MAPS.contains(spot.path())).map(spot -> {
            StringBuilder map = new StringBuilder("{");
            int times = many(List.of(129, 150), List.of(1_000, 20_000), random);
            for (int i = 0; i < times; i++) {
                map.append("\"k").append(i).append("\":\"v\",");
            }
            String body = with(base, spot, map.append("\"k\":\"v\"}").toString());
            return Made.naming(isTooLarge(body) ? "the message is larger" : spot.path() + " must have at most", body);
        });
    }

    private static boolean isTooLarge(String body) {
        return body.getBytes(UTF_8).length > Json.MAX_BYTES;
    }

    private static Optional<Made> valuesInEachOther(Base base, Random random) {
        return some(base, random, _ -> true).map(spot -> {
            boolean deep = random.nextBoolean();
            int depth = deep ? many(List.of(17, 100), List.of(1_000, 30_000), random) : 2 + random.nextInt(3);
            boolean lists = random.nextBoolean();
            String nested =
                    lists ? "[".repeat(depth) + "]".repeat(depth) : "{\"a\":".repeat(depth) + "{}" + "}".repeat(depth);
            return Made.naming(deep ? "the message is " : spot.path(), with(base, spot, nested));
        });
    }

    private static Optional<Made> severalThings(Base base, Random random) {
        String body = Json.write(base.message());
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Spot spot = one(base.spots(), random);
            String value = Json.write(spot.value());
            String field = "\"" + spot.name() + "\":" + value;
            body = spot.path().endsWith("]") || !body.contains(field)
                    ? body.replaceFirst(Pattern.quote(value), Matcher.quoteReplacement(one(Noise.VALUES, random)))
                    : body.replace(field, "\"" + spot.name() + "\":" + one(Noise.VALUES, random));
        }
        return Optional.of(Made.of(body));
    }

    private static Optional<Made> otherCharacters(Base base, Random random) {
        return Optional.of(Made.of(Noise.otherCharacters(Json.write(base.message()), random)));
    }

    private static Optional<Made> otherBytes(Base base, Random random) {
        return Optional.of(Made.of(Noise.otherBytes(Json.write(base.message()), random)));
    }

    private static Optional<Made> theBeginning(Base base, Random random) {
        String body = Json.write(base.message());
        return Optional.of(Made.naming("the message is not ", body.substring(0, random.nextInt(body.length()))));
    }

    private static Optional<Made> noJsonAtAll(Base base, Random random) {
        return Optional.of(Made.naming("the message is not ", Noise.text(random)));
    }

    // --- how ---

    private static Optional<Spot> some(Base base, Random random, Predicate<Spot> which) {
        List<Spot> found = base.spots().stream().filter(which).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(one(found, random));
    }

    /** Most are spoilt just beyond a limit, and one in a hundred far beyond: those take their time. */
    private static int many(List<Integer> beyond, List<Integer> farBeyond, Random random) {
        return one(random.nextInt(100) == 0 ? farBeyond : beyond, random);
    }

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** Not every value that is put there could be a node, so it is put into the text. */
    private static String with(Base base, Spot spot, String json) {
        JsonNode owner = base.message().at(spot.at().head());
        if (owner instanceof ArrayNode list) {
            list.set(spot.at().last().getMatchingIndex(), MARK);
        } else {
            ((ObjectNode) owner).put(spot.at().last().getMatchingProperty(), MARK);
        }
        return Json.write(base.message()).replace("\"" + MARK + "\"", json);
    }

    private static String insert(String object, String field) {
        return object.equals("{}") ? "{" + field + "}" : "{" + field + "," + object.substring(1);
    }

    private static List<String> instants() {
        return List.of(
                "",
                "yesterday",
                "2026-13-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-01-31 12:00:00Z",
                "2026-01-31T25:00:00Z",
                "2026-01-31T12:00:00",
                "+9999999999-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "1769860800",
                "2026-01-31T12:00:00+99:00");
    }

    private static List<String> durations() {
        return List.of(
                "",
                "0s",
                "-1h",
                "PT0S",
                "P-1D",
                "367d",
                "999999999d",
                "PT9999999999H",
                "P1Y",
                "1w",
                "9999999999s",
                "PT");
    }
}
