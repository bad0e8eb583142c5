package io.tollgate.core.ingest;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How the shards that have a part of a batch come to take it together. Each goes through the steps below, and goes on
 * to the next when all have taken the one before; nobody blocks. Any shard's thread; each step releases what was done
 * before it, and {@code all...} acquires.
 *
 * <pre>
 *   arrive ─▶ foresee ─▶ vote ─┬─▶ log ─▶ mark ─▶ apply ─┬─▶ leave
 *   own clock                  └─▶ refuse ───────────────┘
 * </pre>
 */
public final class BatchAgreement {
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger foreseen = new AtomicInteger();
    private final AtomicInteger uncertain = new AtomicInteger();
    private final AtomicInteger voted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger logged = new AtomicInteger();
    private final AtomicInteger marked = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicLong knowledgeTime = new AtomicLong();
    private int shardCount;

    BatchAgreement() {}

    /** Begins anew, before any shard knows of it. */
    void begin(final int shards) {
        shardCount = shards;
        arrived.setPlain(0);
        foreseen.setPlain(0);
        uncertain.setPlain(0);
        voted.setPlain(0);
        refused.setPlain(0);
        logged.setPlain(0);
        marked.setPlain(0);
        done.setPlain(0);
        left.setPlain(0);
        knowledgeTime.setPlain(Long.MIN_VALUE);
    }

    /**
     * A shard has taken all that was offered to it before the batch.
     *
     * @param ownKnowledgeTime what it would stamp a point with.
     */
    public void arrive(final long ownKnowledgeTime) {
        long seen = knowledgeTime.get();
        while (seen < ownKnowledgeTime && !knowledgeTime.compareAndSet(seen, ownKnowledgeTime)) {
            seen = knowledgeTime.get();
        }
        arrived.incrementAndGet();
    }

    /** {@return whether all shards have arrived} */
    public boolean allArrived() {
        return arrived.get() == shardCount;
    }

    /** {@return the knowledge time of points without one, when all have arrived} */
    public long knowledgeTime() {
        return knowledgeTime.get();
    }

    /**
     * A shard has looked ahead.
     *
     * @param mayMoveTime whether time may go on to that of the batch before it, as far as the shard goes: its part of
     *                    the batch will be let in, or moves none.
     */
    public void foresee(final boolean mayMoveTime) {
        if (!mayMoveTime) {
            uncertain.incrementAndGet();
        }
        foreseen.incrementAndGet();
    }

    /** {@return whether all shards have looked ahead} */
    public boolean allForeseen() {
        return foreseen.get() == shardCount;
    }

    /** {@return whether time may go on to that of the batch before it, when all have looked ahead} */
    public boolean mayMoveTime() {
        return uncertain.get() == 0;
    }

    /**
     * A shard has looked at its points.
     *
     * @param isPossible whether it can take all of them.
     */
    public void vote(final boolean isPossible) {
        if (!isPossible) {
            refused.incrementAndGet();
        }
        voted.incrementAndGet();
    }

    /** {@return whether all shards have voted} */
    public boolean allVoted() {
        return voted.get() == shardCount;
    }

    /** {@return whether a shard cannot take its points, when all have voted} */
    public boolean isRefused() {
        return refused.get() > 0;
    }

    /** A shard's log holds its part. */
    public void logged() {
        logged.incrementAndGet();
    }

    /** {@return whether the logs of all shards hold the batch: from here on it counts} */
    public boolean allLogged() {
        return logged.get() == shardCount;
    }

    /** A shard has marked its series as being changed. */
    public void marked() {
        marked.incrementAndGet();
    }

    /** {@return whether no reader can read any series of the batch as it was before} */
    public boolean allMarked() {
        return marked.get() == shardCount;
    }

    /** A shard has applied or refused its part. */
    public void done() {
        done.incrementAndGet();
    }

    /** {@return whether all shards have applied or refused their parts} */
    public boolean allDone() {
        return done.get() == shardCount;
    }

    /**
     * A shard looks at this no more, after all are done.
     *
     * @return whether it was the last one: then this may begin anew.
     */
    public boolean leave() {
        return left.incrementAndGet() == shardCount;
    }
}
