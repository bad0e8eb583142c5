package io.tollgate.api.panel;

/** The slope of a {@link PassThrough}. Belongs to the reader that made it and its thread. */
public interface PassThroughReading extends SlopeReading {
    /**
     * Reads the share of the tariff that is passed on.
     *
     * @return this reading.
     * @throws IllegalStateException if the engine is closed.
     */
    PassThroughReading read();
}
