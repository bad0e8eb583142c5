package io.tollgate.flink;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;

/** A series in the engine of a subtask, with the part of it that is not in the state yet. One thread. */
final class SeriesTrack {
    private final Series series;
    private final OperationBuffer pending = new OperationBuffer();
    private final WatchStates watchStates = new WatchStates();
    private long sequence;
    private long firstKnownAtNs = Instants.NONE;
    private long lastKnownAtNs = Instants.NONE;
    private long watchedAtNs = Instants.NONE;
    private boolean isInState;
    private boolean hasNewWatchStates;

    SeriesTrack(final Series series) {
        this.series = series;
    }

    Series series() {
        return series;
    }

    OperationBuffer pending() {
        return pending;
    }

    WatchStates watchStates() {
        return watchStates;
    }

    /** Returns the number of accepted points and withdrawals. */
    long sequence() {
        return sequence;
    }

    /** Returns the knowledge time of the first accepted point. */
    long firstKnownAtNs() {
        return firstKnownAtNs;
    }

    /** Returns the knowledge time of the last accepted point. */
    long lastKnownAtNs() {
        return lastKnownAtNs;
    }

    /** Returns true if the series had accepted a point at a knowledge time. */
    boolean isKnownAt(final long knownAtNs) {
        return sequence > 0 && firstKnownAtNs <= knownAtNs;
    }

    void accepted(final long newSequence, final long newFirstKnownAtNs, final long newLastKnownAtNs) {
        sequence = newSequence;
        firstKnownAtNs = newFirstKnownAtNs;
        lastKnownAtNs = newLastKnownAtNs;
    }

    /** Returns the last instant at which the watches were compared, NONE before the first. */
    long watchedAtNs() {
        return watchedAtNs;
    }

    void watchedAtNs(final long atNs) {
        watchedAtNs = atNs;
    }

    /** Returns true if the state has an image of the series, so that operations may follow it there. */
    boolean isInState() {
        return isInState;
    }

    void markInState() {
        isInState = true;
    }

    /** Returns true if the state does not have the states of the watches yet. */
    boolean hasNewWatchStates() {
        return hasNewWatchStates;
    }

    void hasNewWatchStates(final boolean hasNew) {
        hasNewWatchStates = hasNew;
    }
}
