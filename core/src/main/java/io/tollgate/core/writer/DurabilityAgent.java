package io.tollgate.core.writer;

import io.tollgate.api.admin.Durability;
import io.tollgate.core.agent.AgentTermination;
import io.tollgate.core.manifest.LogDurability;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Forces the log to the disk as the level of durability says, beside the engine's thread, which waits for it only
 * where it leaves a segment that is being forced; and writes the counters that other processes read.
 */
final class DurabilityAgent implements Agent {
    private static final long COUNTERS_INTERVAL_NS = 100_000_000;

    private final Durability durability;
    private final Optional<LogDurability> log;
    private final Optional<EngineCounters> counters;
    private final NanoClock nanoClock;
    private final long intervalNs;
    private long forcedNs;
    private long countedNs;
    private volatile boolean isRequested;
    private volatile boolean isStopRequested;

    /**
     * @param durability the level.
     * @param log        to force, empty for an engine in memory.
     * @param counters   to write, empty for an engine in memory.
     * @param nanoClock  by which intervals are measured.
     */
    DurabilityAgent(
            final Durability durability,
            final Optional<LogDurability> log,
            final Optional<EngineCounters> counters,
            final NanoClock nanoClock) {
        this.durability = durability;
        this.log = log;
        this.counters = counters;
        this.nanoClock = nanoClock;
        intervalNs = TimeUnit.MILLISECONDS.toNanos(durability.intervalMs());
        forcedNs = nanoClock.nanoTime();
        countedNs = forcedNs - COUNTERS_INTERVAL_NS;
        log.ifPresent(durable -> durable.begin(forcedNs));
    }

    @Override
    public String roleName() {
        return "tollgate-durability";
    }

    @Override
    public int doWork() {
        if (isStopRequested) {
            throw new AgentTermination();
        }
        if (log.isEmpty()) {
            return 0;
        }
        final long nowNs = nanoClock.nanoTime();
        int work = 0;
        if (isDue(nowNs)) {
            isRequested = false;
            forcedNs = nowNs;
            work += log.get().force();
        }
        log.get().forcePositions(nowNs);
        count(nowNs);
        return work;
    }

    private void count(final long nowNs) {
        if (counters.isPresent()) {
            if (nowNs - countedNs >= COUNTERS_INTERVAL_NS) {
                countedNs = nowNs;
                counters.get().update();
            } else {
                counters.get().updatePositions();
            }
        }
    }

    private boolean isDue(final long nowNs) {
        return switch (durability.level()) {
            case NONE -> isRequested;
            case INTERVAL -> nowNs - forcedNs >= intervalNs;
            case COMMIT -> true;
        };
    }

    /** Asks for a force where the level has none by itself; any thread. */
    void request() {
        if (durability.level() == Durability.Level.NONE) {
            isRequested = true;
        }
    }

    /** Asks the agent to end; any thread. */
    void requestStop() {
        isStopRequested = true;
    }

    /** Writes the counters for the last time. */
    @Override
    public void onClose() {
        counters.ifPresent(EngineCounters::update);
    }
}
