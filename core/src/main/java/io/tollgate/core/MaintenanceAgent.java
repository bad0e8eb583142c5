package io.tollgate.core;

import io.tollgate.core.log.OperationLog;
import io.tollgate.core.store.ShardStore;
import java.util.Optional;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/** Makes maps and log segments ahead of need, beside the engine's thread. */
final class MaintenanceAgent implements Agent {
    private static final int PAUSE_CYCLES = 1_000;

    private final ShardStore store;
    private final Optional<OperationLog> log;
    private int pauseCycles;
    private volatile boolean isStopRequested;

    /**
     * @param store to keep ahead of need.
     * @param log   to keep ahead of need, empty for an engine in memory.
     */
    MaintenanceAgent(final ShardStore store, final Optional<OperationLog> log) {
        this.store = store;
        this.log = log;
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
        if (pauseCycles > 0) {
            pauseCycles--;
            return 0;
        }
        try {
            return keep();
        } catch (final RuntimeException e) {
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
        if (store.growthDue()) {
            store.prepareGrowth();
            work++;
        }
        return log.isPresent() ? work + keep(log.get()) : work;
    }

    private static int keep(final OperationLog log) {
        int work = 0;
        if (log.needsSegment()) {
            log.prepareNext();
            work++;
        }
        if (log.holdsLeftSegment()) {
            log.forceLeft();
            work++;
        }
        return work;
    }
}
