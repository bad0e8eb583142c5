package io.tollgate.core.read;

import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * A read of one series as it was known at an instant. Used by one thread at a time.
 *
 * @param <A> the type of the answer.
 */
abstract class SeriesAttempt<A> implements SeqLock.Attempt<A> {
    private final ReadableStore store;
    private final SeriesRecord record;
    private final AsOfView view;
    /** The handle of the next read, if the store must look it up first; otherwise null. */
    private Series unchecked;

    private long seriesNumber;

    /**
     * Creates an attempt for any series of a store.
     *
     * @param record wrapped by each read.
     * @param view   opens the record.
     */
    SeriesAttempt(final ReadableStore store, final SeriesRecord record, final AsOfView view) {
        this.store = store;
        this.record = record;
        this.view = view;
    }

    /**
     * Sets the series of the next read. Returns this class and not an interface, because the cast would cost several
     * nanoseconds.
     */
    final SeriesAttempt<A> of(final Series next) {
        seriesNumber = next.number();
        return unchecked(store.isKnown(next) ? null : next);
    }

    /** Sets the number of the series of the next read. */
    final SeriesAttempt<A> of(final long number) {
        seriesNumber = number;
        return unchecked(null);
    }

    /** Sets a handle only if it changes: a garbage collector may follow a change with a memory barrier. */
    private SeriesAttempt<A> unchecked(final Series next) {
        if (unchecked != next) {
            unchecked = next;
        }
        return this;
    }

    @Override
    public final void begin(final A answer) {
        record.wrap(unchecked == null ? store.requireNumbered(seriesNumber) : store.requireOwn(unchecked));
    }

    @Override
    public final Status tryRead(final long atNs, final long knownAtNs, final A answer) {
        final long version = record.version();
        if (SeqLock.isBeingChanged(version)) {
            return Status.CONTENDED;
        }
        final boolean isIntact =
                view.open(record, knownAtNs) && (view.isForgotten() || fill(record, atNs, knownAtNs, answer));
        if (!record.isUnchangedSince(version)) {
            return Status.CONTENDED;
        }
        record.requireIntact(isIntact);
        return view.isForgotten() ? Status.FORGOTTEN : Status.OK;
    }

    /** Fills the answer, which may still be torn. Returns false if the series was found torn. */
    abstract boolean fill(SeriesRecord series, long atNs, long knownAtNs, A answer);
}
