package io.tollgate.core.writer;

import io.tollgate.api.admin.Durability;
import io.tollgate.core.agent.AgentTermination;
import io.tollgate.core.manifest.LogDurability;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Forces the log to disk according to the durability level, beside the engine's thread. The engine's thread waits only
 * if it leaves a segment during a force. The agent also writes the counters for other processes.
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
     * @param nanoClock  to measure intervals.
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

    /** Requests a force at a level that does not force by itself; any thread. */
    void request() {
        if (durability.level() == Durability.Level.NONE) {
            isRequested = true;
        }
    }

    /** Requests the end of the agent; any thread. */
    void requestStop() {
        isStopRequested = true;
    }

    /** Writes the counters a last time. */
    @Override
    public void onClose() {
        counters.ifPresent(EngineCounters::update);
    }
}
