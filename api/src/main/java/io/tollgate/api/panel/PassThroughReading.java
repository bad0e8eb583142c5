package io.tollgate.api.panel;

/** A cursor over a {@link PassThrough}. Belongs to its reader and the thread of that reader. */
public interface PassThroughReading extends SlopeReading {
    /**
     * Reads the pass-through.
     *
     * @return this reading.
     * @throws IllegalStateException if the engine is closed.
     */
    PassThroughReading read();
}
