package io.tollgate.core.control;

import io.tollgate.core.agent.EngineState;
import io.tollgate.core.ingest.IntakeGate;
import io.tollgate.core.writer.EngineWriter;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/** The end of an engine: of its threads, of reads, and then of its store. Control threads. */
public final class EngineShutdown implements AutoCloseable {
    private final EngineState state;
    private final EngineWriter writer;
    private final List<AutoCloseable> parts = new ArrayList<>();

    /**
     * Of an engine.
     *
     * @param gate      of points, which lets nothing more in then.
     * @param views     of other threads into its store: none is left when the store is closed.
     */
    public EngineShutdown(
            final EngineState state,
            final EngineWriter writer,
            final IntakeGate gate,
            final AgentThreads threads,
            final List<AutoCloseable> views) {
        this.state = state;
        this.writer = writer;
        parts.add(gate::close);
        parts.add(threads);
        // Only after the threads: a handler on the engine's thread may ask for statistics until here.
        parts.addAll(views);
        parts.add(threads::closeCounters);
        parts.add(this::closeResources);
    }

    /** Closes each part, and throws the first exception with the others suppressed. A second call does no harm. */
    @Override
    public synchronized void close() {
        CloseHelper.closeAll(parts);
    }

    private void closeResources() {
        if (!state.isFailed() && writer.isLogApplied()) {
            writer.resources().close();
        } else {
            writer.resources().abandon();
        }
    }
}
