package io.tollgate.api.panel;

/** A cursor over an {@link Elasticity} in a window. Belongs to its reader and the thread of that reader. */
public interface ElasticityReading extends SlopeReading {
    /**
     * Reads the elasticity between two instants. At each of them the flows are summed over the window that ends there.
     *
     * @param beforeNs the instant before the change of the rate, in ns since the epoch.
     * @param afterNs  the instant after the change.
     * @return this reading.
     * @throws IllegalArgumentException if an instant is out of range.
     * @throws IllegalStateException if the engine is closed.
     */
    ElasticityReading read(long beforeNs, long afterNs);
}
