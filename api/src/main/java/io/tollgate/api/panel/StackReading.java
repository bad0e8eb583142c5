package io.tollgate.api.panel;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;

/**
 * A cursor over a {@link Stack}: the exact rate that each layer adds. Belongs to its reader and the thread of that
 * reader.
 */
public interface StackReading {
    /**
     * Reads the rate on goods entered at an instant and loaded at an unknown one.
     *
     * @param entryNs the instant of entry in ns since the epoch; later points have no effect.
     * @return this reading.
     * @throws IllegalArgumentException if the instant is out of range.
     * @throws IllegalStateException if the engine is closed.
     */
    default StackReading read(final long entryNs) {
        return read(entryNs, Instants.NONE);
    }

    /**
     * Reads the rate on goods entered at one instant and loaded at another. A layer with an applicable
     * {@linkplain Layer.InTransit clause for goods in transit} has the rate in force at loading.
     *
     * @param entryNs  the instant of entry in ns since the epoch; later points have no effect.
     * @param loadedNs the instant of loading; {@link Instants#NONE} if it is unknown.
     * @return this reading.
     * @throws IllegalArgumentException if an instant is out of range.
     * @throws IllegalStateException if the engine is closed.
     */
    StackReading read(long entryNs, long loadedNs);

    /** {@return the stack of this reading} */
    Stack stack();

    /**
     * {@return UNREAD, CONTENDED or FORGOTTEN; INSUFFICIENT if the composition in force is unknown, or a rate is
     * unknown and the policy is FAIL; UNDEFINED if the selector names no composition, or a share is not within 0 to 1;
     * PARTIAL if an unknown rate was taken as 0; else OK}
     */
    Status status();

    /**
     * The rate of all layers.
     *
     * @return the sum in the unit of the rates, correctly rounded; NaN if the status has no value.
     */
    double rate();

    /**
     * Returns the rate that one layer adds, after later layers have exempted or overridden it.
     *
     * @param layer the index of the layer in the composition in force, from 0.
     * @return the rate in the unit of the rates, correctly rounded; NaN if the status has no value.
     * @throws IndexOutOfBoundsException if there is no such layer.
     */
    double rate(int layer);

    /** {@return the index of the composition in force, from 0; -1 if it is unknown} */
    int composition();

    /**
     * Returns the duty of one layer on an amount of money, rounded half up to a whole unit.
     *
     * @param layer  the index of the layer in the composition in force, from 0.
     * @param amount the amount in the smallest unit of payment, for example cents.
     * @return the duty in the same unit.
     * @throws IllegalStateException if the status has no value.
     * @throws ArithmeticException if the duty exceeds a {@code long}.
     * @throws IndexOutOfBoundsException if there is no such layer.
     */
    long duty(int layer, long amount);

    /**
     * Returns the duty of all layers on an amount of money. It is the sum of the rounded duties of the layers, as on an
     * entry form with one line for each.
     *
     * @param amount the amount in the smallest unit of payment, for example cents.
     * @return the duty in the same unit.
     * @throws IllegalStateException if the status has no value.
     * @throws ArithmeticException if the duty exceeds a {@code long}.
     */
    long duty(long amount);

    /**
     * The next instant of entry at which the rate may change for the same loading, if no other point becomes known. At
     * that instant a pending point of the composition in force or of the selector takes effect, or one of their levels
     * expires, or a clause for goods in transit ends.
     *
     * @return the instant, {@link Instants#NONE} if there is none.
     */
    long nextChangeAtNs();
}
