package io.tollgate.core;

import io.tollgate.api.Publisher;
import io.tollgate.core.ingest.ShardTicket;
import java.util.List;

/** The tickets that the publisher of an engine gave out: which shard each is of. Any thread. */
final class IssuedTickets {
    private final List<ShardWorker> workers;
    private final int shardBits;

    IssuedTickets(final List<ShardWorker> workers, final int shardBits) {
        this.workers = workers;
        this.shardBits = shardBits;
    }

    /** The shard that a ticket is of. */
    ShardWorker workerOf(final long ticket) {
        if (ticket < 0) {
            throw new IllegalArgumentException("ticket=" + Publisher.describe(ticket)
                    + ", expected one above 0: nothing was offered; look at the code before waiting");
        }
        final int shard = ShardTicket.shard(ticket, shardBits);
        final ShardWorker worker = workers.get(Math.min(shard, workers.size() - 1));
        final EngineAgent agent = worker.agent();
        final long position = position(ticket);
        if (position == 0 || shard >= workers.size() || !agent.isStopped() && position > agent.claimedPosition()) {
            throw new IllegalArgumentException(
                    "ticket=" + ticket + ", expected one that the publisher of this engine gave out");
        }
        return worker;
    }

    /** The position on the ring of its shard that a ticket names. */
    long position(final long ticket) {
        return ShardTicket.position(ticket, shardBits);
    }
}
