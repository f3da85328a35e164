package dev.berth.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.CpuStatsConfig;
import com.github.dockerjava.api.model.CpuUsageConfig;
import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StatsConfig;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import dev.berth.port.ContainerHost.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a container uses, as {@code docker stats} computes it, from the one answer that an engine makes of two looks. */
final class ContainerUsage extends ResultCallback.Adapter<Statistics> {
    private volatile Optional<Statistics> told = Optional.empty();

    private ContainerUsage() {}

    /** Empty if the container does not run, or is gone; takes as long as the engine waits between its looks: a second or two. */
    static Optional<Usage> of(String id, StreamingCall call) {
        try (call;
                ContainerUsage usage = new ContainerUsage()) {
            call.client().statsCmd(id).withNoStream(true).exec(usage).awaitCompletion();
            return usage.told.flatMap(ContainerUsage::usage);
        } catch (NotFoundException gone) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed(ErrorCode.INTERNAL, "interrupted while reading what a container uses", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onNext(Statistics statistics) {
        told = Optional.of(statistics);
    }

    /** Of a container that does not run an engine tells no memory. */
    static Optional<Usage> usage(Statistics told) {
        return Optional.ofNullable(told.getMemoryStats())
                .flatMap(memory -> Optional.ofNullable(memory.getUsage())
                        .map(used -> new Usage(
                                processors(told),
                                used - reclaimable(memory, used),
                                Optional.ofNullable(memory.getLimit()).orElse(0L))));
    }

    private static double processors(Statistics told) {
        Optional<CpuStatsConfig> now = Optional.ofNullable(told.getCpuStats());
        Optional<CpuStatsConfig> before = Optional.ofNullable(told.getPreCpuStats());
        double used = total(now) - total(before);
        double passed = system(now) - system(before);
        return used > 0 && passed > 0 ? used / passed * online(now) : 0;
    }

    private static long total(Optional<CpuStatsConfig> cpu) {
        return usage(cpu, CpuUsageConfig::getTotalUsage).orElse(0L);
    }

    private static <T> Optional<T> usage(Optional<CpuStatsConfig> cpu, Function<CpuUsageConfig, T> what) {
        return cpu.map(CpuStatsConfig::getCpuUsage).map(what);
    }

    /** The time of all processors of the machine together. */
    private static long system(Optional<CpuStatsConfig> cpu) {
        return cpu.map(CpuStatsConfig::getSystemCpuUsage).orElse(0L);
    }

    private static long online(Optional<CpuStatsConfig> cpu) {
        return cpu.map(CpuStatsConfig::getOnlineCpus)
                .filter(online -> online > 0)
                .or(() -> usage(cpu, CpuUsageConfig::getPercpuUsage)
                        .map(List::size)
                        .map(Integer::longValue))
                .orElse(1L);
    }

    /** Pages of files that nobody has used of late; the first name is that of cgroup v1, where the other is not the whole. */
    private static long reclaimable(MemoryStatsConfig memory, long used) {
        Optional<StatsConfig> pages = Optional.ofNullable(memory.getStats());
        return pages.map(StatsConfig::getTotalInactiveFile)
                .or(() -> pages.map(StatsConfig::getInactiveFile))
                .filter(inactive -> inactive < used)
                .orElse(0L);
    }
}
