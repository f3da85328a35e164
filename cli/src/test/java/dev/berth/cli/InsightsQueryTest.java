package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.OpId;
import org.junit.jupiter.api.Test;

final class InsightsQueryTest {
    private final InsightsQuery query = new InsightsQuery("arenas", new OpId("op-0123456789ab"));

    @Test
    void namesTheLogGroupsAndTheOperation() {
        assertThat(query.lines().getFirst()).endsWith("begin with /aws/lambda/arenas-");
        assertThat(query.lines().getLast().strip())
                .isEqualTo("fields @timestamp, @message | filter @message like 'op-0123456789ab'"
                        + " | sort @timestamp asc | limit 10000");
    }

    @Test
    void tellsTheSameToAProgram() {
        assertThat(query.json().path("log_group_prefix").asText()).isEqualTo("/aws/lambda/arenas-");
        assertThat("  " + query.json().path("query").asText())
                .isEqualTo(query.lines().getLast());
    }
}
