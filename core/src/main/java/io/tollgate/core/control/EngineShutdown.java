package io.tollgate.core.control;

import io.tollgate.core.agent.EngineState;
import io.tollgate.core.ingest.IntakeGate;
import io.tollgate.core.writer.EngineWriter;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/** Closes an engine: first its threads, then its reads, then its store. Control threads. */
public final class EngineShutdown implements AutoCloseable {
    private final EngineState state;
    private final EngineWriter writer;
    private final AgentThreads threads;
    private final List<AutoCloseable> parts = new ArrayList<>();

    /**
     * Creates the shutdown of an engine.
     *
     * @param gate      of the points, closed first.
     * @param views     accesses of other threads to the store, ended before the store is closed.
     */
    public EngineShutdown(
            final EngineState state,
            final EngineWriter writer,
            final IntakeGate gate,
            final AgentThreads threads,
            final List<AutoCloseable> views) {
        this.state = state;
        this.writer = writer;
        this.threads = threads;
        parts.add(gate::close);
        parts.add(threads);
        // After the threads, because a handler on the engine's thread may request statistics until then.
        parts.addAll(views);
        parts.add(threads::stopCounters);
        parts.add(this::closeResources);
        parts.add(threads::closeCounters);
    }

    /** Closes all parts, and throws the first exception with the others suppressed. Closing again has no effect. */
    @Override
    public synchronized void close() {
        CloseHelper.closeAll(parts);
    }

    private void closeResources() {
        if (!state.isFailed() && writer.isLogApplied()) {
            writer.resources().close();
            threads.countClosed();
        } else {
            writer.resources().abandon();
        }
    }
}
