package io.tollgate.api;

/**
 * Reads metrics without blocking the engine and without allocating. One thread at a time may use a reader; make one for
 * each thread.
 *
 * <p>A reader sees every point that was applied before the read began. A series that changes during the read is read
 * again; after a bounded number of attempts the answer says {@link Status#CONTENDED}.
 */
public interface MetricReader {
    /**
     * A reading to be filled by {@link #read}, over and over.
     *
     * @param metrics what it will be asked for; may be left out where none of it {@linkplain Metric#isDeclared() must
     *                be declared}.
     * @return a new, empty reading.
     */
    default WindowReading newReading(final Metric... metrics) {
        return newReading(ReadOptions.DEFAULT, metrics);
    }

    /**
     * A reading to be filled by {@link #read}, over and over.
     *
     * @param options what a window must hold for its metrics to have a value.
     * @param metrics what it will be asked for; may be left out where none of it {@linkplain Metric#isDeclared() must
     *                be declared}.
     * @return a new, empty reading.
     */
    WindowReading newReading(ReadOptions options, Metric... metrics);

    /**
     * A reading to be filled by {@link #readLevel}, over and over.
     *
     * @return a new, empty reading.
     */
    LevelReading newLevelReading();

    /**
     * Reads a window as seen from an instant: before, between or after the points, wherever the clock stands.
     *
     * @param series  to read.
     * @param window  registered or not: the answer is the same, bit for bit.
     * @param atNs    the instant t; what lies after it has no effect.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if the series is not one of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed.
     */
    void read(Series series, Window window, long atNs, WindowReading reading);

    /**
     * Reads the level in force at an instant.
     *
     * @param series  to read.
     * @param atNs    the instant t; what lies after it is pending as seen from it.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if the series is not one of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readLevel(StepSeries series, long atNs, LevelReading reading);
}
