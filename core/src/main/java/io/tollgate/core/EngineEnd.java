package io.tollgate.core;

import io.tollgate.core.file.Closing;
import io.tollgate.core.ingest.RingPublisher;
import java.util.List;

/**
 * The end of an engine: of its threads, of reads, and then of its stores, all of it also where something throws. Only
 * what somebody may still work on is kept until the next call. Control threads.
 */
final class EngineEnd implements AutoCloseable {
    private final EngineState state;
    private final EngineShards shards;
    private final List<ShardWorker> workers;
    private final AgentThreads threads;
    private final List<AutoCloseable> looks;
    /** What is done, in this order; made ahead, as there may be no memory left then. */
    private final List<AutoCloseable> ends;

    private final List<AutoCloseable> memory;
    private final Object closeLock = new Object();
    private boolean isClosed;

    /**
     * Of an engine.
     *
     * @param publisher that takes nothing more then.
     * @param looks     of other threads into its stores: none is left when these are closed.
     */
    EngineEnd(
            final EngineState state,
            final EngineShards shards,
            final List<ShardWorker> workers,
            final RingPublisher publisher,
            final AgentThreads threads,
            final List<AutoCloseable> looks) {
        this.state = state;
        this.shards = shards;
        this.workers = workers;
        this.threads = threads;
        this.looks = looks;
        ends = List.of(publisher::close, threads, this::closeStores);
        memory = List.of(threads::closeCounters, this::closeShards);
    }

    /** Closes all, and throws then what was thrown first; where it is called again, what is closed stays so. */
    @Override
    public void close() {
        synchronized (closeLock) {
            Closing.each(ends);
        }
    }

    /** Also where an agent has thrown something at its end; not while one is worked, whose close has thrown then. */
    private void closeStores() {
        if (!threads.haveEnded()) {
            return;
        }
        // Only now: a handler on the engine's thread may have asked for statistics until here.
        Closing.each(looks);
        Closing.each(memory);
    }

    /** Cleanly at the first attempt only: what that has left open gets no mark. */
    private void closeShards() {
        final boolean isFirst = !isClosed;
        isClosed = true;
        if (isFirst && isWhole()) {
            shards.close();
        } else {
            shards.abandon();
        }
    }

    private boolean isWhole() {
        boolean isWhole = !state.isFailed();
        for (int i = 0; i < workers.size(); i++) {
            isWhole &= workers.get(i).isLogApplied();
        }
        return isWhole;
    }
}
