package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.model.OperationFailed;
import dev.berth.operation.Sweep.Task;
import dev.berth.wire.Json;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sweep does what its event says, in whichever form EventBridge brings it. */
class ScheduledSweepTest {
    private static final int EVENTS = 30_000;
    private static final String CHARACTERS = "{}[]\",:\\0e9-tn \u0000\uD83D";

    /** As a rule of EventBridge sends it, and EventBridge Scheduler of its own accord, but for the detail. */
    static final String EVENT = """
            {"version": "0", "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa", "detail-type": "Scheduled Event",
             "source": "aws.events", "account": "123456789012", "time": "2026-01-31T12:00:00Z", "region": "eu-west-1",
             "resources": ["arn:aws:events:eu-west-1:123456789012:rule/sweep"], "detail": %s}""";

    @Test
    void doesTheTaskOfTheInputOfASchedule() {
        assertThat(tasks("{\"task\": \"due\"}")).containsExactly(Task.DUE);
        assertThat(tasks("{\"task\": \"reconcile\"}")).containsExactly(Task.RECONCILE);
    }

    @Test
    void doesTheTaskOfTheDetailOfAnEvent() {
        assertThat(tasks(EVENT.formatted("{\"task\": \"due\"}"))).containsExactly(Task.DUE);
        assertThat(tasks(EVENT.formatted("\"{\\\"task\\\": \\\"reconcile\\\"}\"")))
                .containsExactly(Task.RECONCILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"{}\"", "null", "{\"task\": null}"})
    void doesEverythingWhereNoTaskIsGivenAndNothingWaitsForWhatIsDue(String detail) {
        assertThat(tasks(EVENT.formatted(detail))).containsExactly(Task.RECONCILE, Task.DUE);
        assertThat(tasks("{}")).containsExactly(Task.RECONCILE, Task.DUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"nightly\"", "\"DUE\"", "\"\"", "7", "[\"due\"]"})
    void refusesATaskThatNobodyKnows(String task) {
        for (String event : List.of("{\"task\": " + task + "}", EVENT.formatted("{\"task\": " + task + "}"))) {
            assertThatThrownBy(() -> tasks(event))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a sweep has no task " + task + "; there are [reconcile, due]");
        }
    }

    @Test
    void endsAsTasksOrAsARefusalWhateverTheEventIs() {
        List<String> events = List.of(
                EVENT.formatted("{\"task\": \"due\"}"),
                EVENT.formatted("\"{\\\"task\\\": \\\"reconcile\\\"}\""),
                "{\"task\": 1e999999999}",
                "{\"detail\": " + "[".repeat(10) + "]".repeat(10) + "}",
                "{\"detail\": \"" + "{".repeat(9_000) + "\"}");
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < EVENTS; i++) {
            StringBuilder event = new StringBuilder(events.get(random.nextInt(events.size())));
            for (int times = random.nextInt(3); times > 0; times--) {
                event.setCharAt(random.nextInt(event.length()), CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            try {
                assertThat(tasks(event.toString())).isNotEmpty();
            } catch (OperationFailed | IllegalArgumentException refusal) {
                assertThat(refusal.getMessage()).containsAnyOf("the message ", "a sweep has no task ");
                refused++;
            }
        }
        assertThat(refused).isBetween(EVENTS / 10, EVENTS * 9 / 10);
    }

    private static List<Task> tasks(String event) {
        return ScheduledSweep.tasks(Json.parse(event));
    }
}
