package io.tollgate.api.panel;

/** The slope of an {@link Elasticity} over a window. Belongs to the reader that made it and its thread. */
public interface ElasticityReading extends SlopeReading {
    /**
     * Reads the change of the quantity with the tariff between two instants.
     *
     * @param beforeNs the instant before, from which the window is seen and at which the rate is read.
     * @param afterNs  the instant after, in the same way.
     * @return this reading.
     * @throws IllegalArgumentException if an instant is out of range.
     * @throws IllegalStateException    if the engine is closed.
     */
    ElasticityReading read(long beforeNs, long afterNs);
}
