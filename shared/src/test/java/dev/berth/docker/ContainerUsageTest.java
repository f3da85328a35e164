package dev.berth.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Statistics;
import dev.berth.port.ContainerHost.Usage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ContainerUsageTest {
    private static Optional<Usage> usage(String json) throws JsonProcessingException {
        return ContainerUsage.usage(new ObjectMapper().readValue(json, Statistics.class));
    }

    private static String cpu(long total, long system, String more) {
        return "{\"cpu_usage\": {\"total_usage\": " + total + "}, \"system_cpu_usage\": " + system + more + "}";
    }

    @Test
    void processorsAreTheContainersShareOfAllThatTheMachineHas() throws Exception {
        assertThat(usage("{\"cpu_stats\": " + cpu(1_500, 20_000, ", \"online_cpus\": 4") + ", \"precpu_stats\": "
                        + cpu(1_000, 16_000, "") + ", \"memory_stats\": {\"usage\": 100, \"limit\": 1000}}"))
                .contains(new Usage(0.5, 100, 1000));
    }

    @Test
    void anOldEngineCountsProcessorsByTheirTimes() throws Exception {
        assertThat(usage("""
                        {"cpu_stats": {"cpu_usage": {"total_usage": 300, "percpu_usage": [100, 200]}, "system_cpu_usage": 600},
                         "precpu_stats": {"cpu_usage": {"total_usage": 0}},
                         "memory_stats": {"usage": 1, "limit": 2}}""")).contains(new Usage(1, 1, 2));
    }

    @Test
    void withoutAnyTimeBetweenTheLooksNothingIsUsed() throws Exception {
        String same = cpu(1_000, 16_000, ", \"online_cpus\": 2");
        assertThat(usage("{\"cpu_stats\": " + same + ", \"precpu_stats\": " + same
                        + ", \"memory_stats\": {\"usage\": 1, \"limit\": 2}}"))
                .contains(new Usage(0, 1, 2));
    }

    @Test
    void memoryIsWithoutWhatTheKernelCouldTakeBack() throws Exception {
        assertThat(memory("\"inactive_file\": 30")).isEqualTo(70);
        assertThat(memory("\"inactive_file\": 10, \"total_inactive_file\": 40")).isEqualTo(60);
        assertThat(memory("\"inactive_file\": 100")).isEqualTo(100);
        assertThat(memory("")).isEqualTo(100);
    }

    private static long memory(String pages) throws JsonProcessingException {
        return usage("{\"memory_stats\": {\"usage\": 100, \"limit\": 1000, \"stats\": {" + pages + "}}}")
                .orElseThrow()
                .memoryBytes();
    }

    @Test
    void aContainerThatDoesNotRunUsesNothingThatCouldBeTold() throws Exception {
        assertThat(usage("{\"cpu_stats\": {\"cpu_usage\": {\"total_usage\": 0}}, \"memory_stats\": {}}"))
                .isEmpty();
        assertThat(usage("{}")).isEmpty();
    }
}
