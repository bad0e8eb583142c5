package io.tollgate.api.panel;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;

/**
 * Reads a {@link Stack}: the rate that each layer adds, exactly. Belongs to the reader that made it and its thread.
 */
public interface StackReading {
    /**
     * Reads the rate on goods that are entered at an instant. The instant of loading is not known.
     *
     * @param entryNs the instant of entry; what lies after it has no effect.
     * @return this reading.
     * @throws IllegalArgumentException if the instant is out of range.
     * @throws IllegalStateException    if the engine is closed.
     */
    default StackReading read(final long entryNs) {
        return read(entryNs, Instants.NONE);
    }

    /**
     * Reads the rate on goods that are entered at an instant and were loaded at another one. A layer that has a
     * {@link Layer.InTransit clause} that holds has the rate that was in force at loading.
     *
     * @param entryNs  the instant of entry; what lies after it has no effect.
     * @param loadedNs the instant of loading; {@link Instants#NONE} if it is not known.
     * @return this reading.
     * @throws IllegalArgumentException if an instant is out of range.
     * @throws IllegalStateException    if the engine is closed.
     */
    StackReading read(long entryNs, long loadedNs);

    /**
     * The stack that it was made for.
     *
     * @return the stack.
     */
    Stack stack();

    /**
     * What the answer is worth.
     *
     * @return UNREAD; CONTENDED; FORGOTTEN;
     *     INSUFFICIENT if which composition is in force is not known, or a rate is not and
     *     the policy is FAIL; UNDEFINED if the composition in force is none of the list, or a share is not within 0 to
     *     1; PARTIAL if a rate that is not known was taken as 0; else OK.
     */
    Status status();

    /**
     * The rate of all layers.
     *
     * @return the sum of what they add, in the unit of the rates, correctly rounded; NaN where the status has no value.
     */
    double rate();

    /**
     * What one layer adds, after those behind it have had their say.
     *
     * @param layer its place in the composition in force, from 0.
     * @return the rate, in the unit of the rates, correctly rounded; NaN where the status has no value.
     * @throws IndexOutOfBoundsException if there is no such layer.
     */
    double rate(int layer);

    /**
     * The composition in force.
     *
     * @return its place in the list, from 0; -1 where it is not known.
     */
    int composition();

    /**
     * The duty of one layer on an amount of money, rounded half up to a whole unit of it.
     *
     * @param layer  its place in the composition in force, from 0.
     * @param amount in the smallest units that are paid, as cents.
     * @return the duty in the same units.
     * @throws IllegalStateException     if the status has no value.
     * @throws ArithmeticException       if the duty is beyond a {@code long}.
     * @throws IndexOutOfBoundsException if there is no such layer.
     */
    long duty(int layer, long amount);

    /**
     * The duty of all layers on an amount of money: the sum of the duties of the layers, each rounded, as on an entry
     * with a line for each.
     *
     * @param amount in the smallest units that are paid, as cents.
     * @return the duty in the same units.
     * @throws IllegalStateException if the status has no value.
     * @throws ArithmeticException   if the duty is beyond a {@code long}.
     */
    long duty(long amount);

    /**
     * When the rate on an entry of the same loading may change next, if nothing else becomes known: with the first
     * point that is pending of a series of the composition in force, or of the selector, where one of them runs out, or
     * where a clause for goods afloat ceases to hold.
     *
     * @return the instant, {@link Instants#NONE} if there is none.
     */
    long nextChangeAtNs();
}
