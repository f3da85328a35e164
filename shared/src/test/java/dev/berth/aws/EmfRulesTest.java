package dev.berth.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A checker that finds nothing wrong would prove nothing. */
final class EmfRulesTest {
    /** The example of the specification, made shorter. */
    private static final String GOOD = """
            {"_aws":{"Timestamp":1574109732004,"CloudWatchMetrics":[{"Namespace":"lambda-function-metrics",\
            "Dimensions":[["functionVersion"]],"Metrics":[{"Name":"time","Unit":"Milliseconds"}]}]},\
            "functionVersion":"$LATEST","time":100,"requestId":"989ffbf8-9ace-4817-a57c-e4dd734019ee"}""";

    @Test
    void takesWhatTheSpecificationShows() {
        assertThat(EmfRules.check(GOOD)).containsExactly("time");
        assertThat(EmfRules.check("{\"op_id\":\"op-0123456789ab\"}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"time\":100 | \"time\":\"100\"",
                "\"time\":100 | \"other\":100",
                "\"functionVersion\":\"$LATEST\" | \"functionVersion\":7",
                "\"functionVersion\":\"$LATEST\" | \"functionVersion\":\"\"",
                "\"functionVersion\":\"$LATEST\" | \"version\":\"$LATEST\"",
                "\"Timestamp\":1574109732004 | \"Timestamp\":\"2019-11-18\"",
                "\"Milliseconds\" | \"Moons\"",
                "[[\"functionVersion\"]] | [\"functionVersion\"]",
                "\"Namespace\":\"lambda-function-metrics\" | \"Namespace\":\"\"",
                "\"CloudWatchMetrics\":[{ | \"Metrics\":[{",
            })
    void refusesWhatCloudWatchLeavesOut(String right, String wrong) {
        String spoilt = GOOD.replace(right, wrong);

        assertThat(spoilt).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> EmfRules.check(spoilt)).isInstanceOf(AssertionError.class);
    }
}
