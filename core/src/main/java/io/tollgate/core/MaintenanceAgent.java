package io.tollgate.core;

import io.tollgate.core.ingest.BatchSlots;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.store.ShardStore;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/** Makes maps, their memory, and log segments of all shards ahead of need, and aborts batches left open. */
final class MaintenanceAgent implements Agent {
    private static final int PAUSE_CYCLES = 1_000;

    private final EngineShard[] shards;
    private final BatchSlots slots;
    private final boolean isBeside;
    private int pauseCycles;
    private volatile boolean isStopRequested;

    /**
     * @param shards whose stores and logs to keep ahead of need.
     * @param slots  of batches, of which none is to be open for too long.
     * @param isBeside whether this runs on another thread than the engine agents: else memory is not touched ahead, as
     *     it would be the same thread that waits for it, and nothing rests.
     */
    MaintenanceAgent(final List<EngineShard> shards, final BatchSlots slots, final boolean isBeside) {
        this.shards = shards.toArray(new EngineShard[0]);
        this.slots = slots;
        this.isBeside = isBeside;
    }

    @Override
    public String roleName() {
        return "tollgate-maintenance";
    }

    @Override
    public int doWork() {
        if (isStopRequested) {
            throw new AgentTerminationException("engine closed");
        }
        final int aborted = slots.abortOverdue();
        if (pauseCycles > 0) {
            pauseCycles--;
            return aborted;
        }
        try {
            return aborted + keep();
        } catch (final RuntimeException | Error e) {
            // A full disk stays full for a while: try again later, and say so once a try.
            pauseCycles = PAUSE_CYCLES;
            throw e;
        }
    }

    /** Asks the agent to end; any thread. */
    void requestStop() {
        isStopRequested = true;
    }

    private int keep() {
        int work = 0;
        for (final EngineShard shard : shards) {
            work += keep(shard.store());
            if (isBeside && shard.store().blocks().touchAhead()) {
                work++;
            }
            if (shard.log().isPresent()) {
                work += keep(shard.log().get(), isBeside);
            }
        }
        return work;
    }

    private static int keep(final ShardStore store) {
        if (!store.growthDue()) {
            return 0;
        }
        store.prepareGrowth();
        return 1;
    }

    private static int keep(final OperationLog log, final boolean isBeside) {
        int work = 0;
        if (log.needsSegment()) {
            log.prepareNext(isBeside);
            work++;
        }
        if (log.holdsLeftSegment()) {
            log.forceLeft();
            work++;
        }
        return work;
    }
}
