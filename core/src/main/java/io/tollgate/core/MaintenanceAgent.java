package io.tollgate.core;

import io.tollgate.core.log.OperationLog;
import io.tollgate.core.store.ShardStore;
import java.util.Optional;
import org.agrona.concurrent.Agent;

/** Makes maps and log segments ahead of need, beside the engine's thread. */
final class MaintenanceAgent implements Agent {
    private final ShardStore store;
    private final Optional<OperationLog> log;

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
