package io.tollgate.core;

import io.tollgate.api.Durability;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Forces the logs to the disk as the level of durability says, beside the engine's threads, which wait for it only
 * where they leave a segment that is being forced; and writes the counters that other processes read.
 */
final class DurabilityAgent implements Agent {
    private static final long COUNTERS_INTERVAL_NS = 100_000_000;

    private final Durability durability;
    private final List<ShardDurability> shards;
    private final Optional<EngineCounters> counters;
    private final NanoClock nanoClock;
    private final long intervalNs;
    private long forcedNs;
    private long countedNs;
    private volatile boolean isRequested;
    private volatile boolean isStopRequested;

    /**
     * @param durability the level.
     * @param shards     to force, none for an engine in memory.
     * @param counters   to write, empty for an engine in memory.
     * @param nanoClock  by which intervals are measured.
     */
    DurabilityAgent(
            final Durability durability,
            final List<ShardDurability> shards,
            final Optional<EngineCounters> counters,
            final NanoClock nanoClock) {
        this.durability = durability;
        this.shards = shards;
        this.counters = counters;
        this.nanoClock = nanoClock;
        intervalNs = TimeUnit.MILLISECONDS.toNanos(durability.intervalMs());
        forcedNs = nanoClock.nanoTime();
        countedNs = forcedNs - COUNTERS_INTERVAL_NS;
        shards.forEach(shard -> shard.begin(forcedNs));
    }

    @Override
    public String roleName() {
        return "tollgate-durability";
    }

    @Override
    public int doWork() {
        if (isStopRequested) {
            throw new AgentEnd();
        }
        if (shards.isEmpty()) {
            return 0;
        }
        final long nowNs = nanoClock.nanoTime();
        int work = 0;
        if (isDue(nowNs)) {
            isRequested = false;
            forcedNs = nowNs;
            work += force();
        }
        for (int i = 0; i < shards.size(); i++) {
            shards.get(i).forcePositions(nowNs);
        }
        count(nowNs);
        return work;
    }

    /** Forces the logs of all shards, unless one has failed, and then calls durable what is in them. */
    private int force() {
        for (int i = 0; i < shards.size(); i++) {
            if (shards.get(i).isFailed()) {
                return 0;
            }
            shards.get(i).takeTicket();
        }
        for (int i = 0; i < shards.size(); i++) {
            shards.get(i).takeSequence();
        }
        int work = 0;
        for (int i = 0; i < shards.size(); i++) {
            work += shards.get(i).force();
        }
        for (int i = 0; i < shards.size(); i++) {
            shards.get(i).publish();
        }
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
