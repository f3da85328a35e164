package dev.berth.functions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a role may do, by IAM's rules for a role's own policies: a Deny wins, and what nothing allows is refused. Of the
 * language, only what template.yaml uses is known; anything else is an error and never an answer.
 */
record Role(List<Statement> statements) {
    /**
     * One statement of a policy.
     *
     * @param condition an object of operators, empty where there is none
     */
    record Statement(boolean allows, List<String> actions, List<String> resources, JsonNode condition) {
        private boolean speaksOf(Access access) {
            return actions.stream()
                            .anyMatch(action -> matches(
                                    action.toLowerCase(Locale.ROOT),
                                    access.action().toLowerCase(Locale.ROOT)))
                    && resources.stream().anyMatch(resource -> matches(resource, access.resource()))
                    && condition.properties().stream()
                            .allMatch(operator -> operator.getValue().properties().stream()
                                    .allMatch(key -> holds(
                                            operator.getKey(),
                                            texts(key.getValue()),
                                            Optional.ofNullable(access.context().get(key.getKey())))));
        }

        private static boolean holds(String operator, List<String> values, Optional<String> actual) {
            boolean like = actual.filter(text -> values.stream().anyMatch(value -> matches(value, text)))
                    .isPresent();
            return switch (operator) {
                case "StringLike" -> like;
                case "StringLikeIfExists" -> like || actual.isEmpty();
                default -> throw new IllegalArgumentException("the condition " + operator + " is not known here");
            };
        }
    }

    /** @param documents policies as IAM gets them */
    static Role of(JsonNode documents) {
        return new Role(StreamSupport.stream(documents.spliterator(), false)
                .flatMap(document ->
                        StreamSupport.stream(document.path("Statement").spliterator(), false))
                .map(Role::statement)
                .toList());
    }

    private static Statement statement(JsonNode json) {
        json.fieldNames().forEachRemaining(name -> {
            if (!List.of("Sid", "Effect", "Action", "Resource", "Condition").contains(name)) {
                throw new IllegalArgumentException(name + " of a statement is not known here");
            }
        });
        return new Statement(
                switch (json.path("Effect").asText()) {
                    case "Allow" -> true;
                    case "Deny" -> false;
                    default -> throw new IllegalArgumentException("Effect is Allow or Deny");
                },
                texts(json.path("Action")),
                texts(json.path("Resource")),
                json.path("Condition"));
    }

    private static List<String> texts(JsonNode oneOrMore) {
        return (oneOrMore.isArray() ? StreamSupport.stream(oneOrMore.spliterator(), false) : Stream.of(oneOrMore))
                .map(JsonNode::asText)
                .toList();
    }

    boolean allows(Access access) {
        List<Statement> said = statements.stream()
                .filter(statement -> statement.speaksOf(access))
                .toList();
        return !said.isEmpty() && said.stream().allMatch(Statement::allows);
    }

    /** Whether the pattern covers the text: {@code *} stands for any characters, {@code ?} for one. */
    static boolean matches(String pattern, String text) {
        String expression = Pattern.compile("[*?]|[^*?]+").matcher(pattern).replaceAll(part -> switch (part.group()) {
            case "*" -> ".*";
            case "?" -> ".";
            default -> java.util.regex.Matcher.quoteReplacement(Pattern.quote(part.group()));
        });
        return Pattern.compile(expression, Pattern.DOTALL).matcher(text).matches();
    }
}
