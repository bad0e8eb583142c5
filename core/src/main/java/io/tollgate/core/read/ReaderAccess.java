package io.tollgate.core.read;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/** Fills the readings of one reader through {@link SeqLock}. Checks the owner thread, and fixes the knowledge time. */
final class ReaderAccess {
    private final ReaderOwner owner;
    private final SeqLock attempts;
    private final long knownAtNs;

    ReaderAccess(final ReaderOwner owner, final SeqLock attempts, final long knownAtNs) {
        this.owner = owner;
        this.attempts = attempts;
        this.knownAtNs = knownAtNs;
    }

    /** Returns the same access with another knowledge time. */
    ReaderAccess asOf(final long otherKnownAtNs) {
        return new ReaderAccess(owner, attempts, otherKnownAtNs);
    }

    /** Releases the reader for the next thread that reads. */
    void handOver() {
        owner.handOver();
    }

    /** Rejects another thread, an instant out of range and a null series. Called before the reading is changed. */
    void require(final Series series, final long atNs) {
        require(atNs);
        ReadArguments.requireSeries(series);
    }

    /** Rejects another thread and an instant out of range. Called before the reading is changed. */
    void require(final long atNs) {
        owner.require();
        Instants.requireInRange(atNs);
    }

    /** Reads until no series changed during the read. Returns OK, the reason for no answer, or CONTENDED. */
    <A> Status read(final SeqLock.Attempt<A> attempt, final long atNs, final A answer) {
        return attempts.read(attempt, atNs, knownAtNs, answer);
    }
}
