package io.tollgate.core.read;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/**
 * How the readings of a reader are filled: by the thread that owns it, as known at one instant, in {@link SeqLock}.
 */
final class ReaderAccess {
    private final ReaderOwner owner;
    private final SeqLock attempts;
    private final long knownAtNs;

    ReaderAccess(final ReaderOwner owner, final SeqLock attempts, final long knownAtNs) {
        this.owner = owner;
        this.attempts = attempts;
        this.knownAtNs = knownAtNs;
    }

    /** The same as known at another instant. */
    ReaderAccess asOf(final long otherKnownAtNs) {
        return new ReaderAccess(owner, attempts, otherKnownAtNs);
    }

    /** Leaves the reader to the next thread that reads. */
    void handOver() {
        owner.handOver();
    }

    /** Refuses another thread, an instant out of range and no series. Comes before anything is changed. */
    void require(final Series series, final long atNs) {
        require(atNs);
        ReadArguments.requireSeries(series);
    }

    /** Refuses another thread and an instant out of range. Comes before anything is changed. */
    void require(final long atNs) {
        owner.require();
        Instants.requireInRange(atNs);
    }

    /** Reads until no series has changed meanwhile: OK, why nothing was read, or CONTENDED. */
    <A> Status read(final SeqLock.Attempt<A> attempt, final long atNs, final A answer) {
        return attempts.read(attempt, atNs, knownAtNs, answer);
    }
}
