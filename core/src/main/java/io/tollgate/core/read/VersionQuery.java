package io.tollgate.core.read;

import io.tollgate.api.read.VersionReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.ReadingText;

/** A reading of the points of a window, or of all their versions. It can be filled again for another series. */
final class VersionQuery extends HeldPoints implements VersionReading {
    private final ReaderAccess access;
    private final SeriesAttempt<VersionQuery> attempt;
    private final Window window;
    private final long[] endKnowledgeTimes;
    private final boolean[] withdrawn;
    private int last;
    private long horizonNs = Instants.NONE;

    VersionQuery(
            final ReaderAccess access,
            final SeriesAttempt<VersionQuery> attempt,
            final Quotients quotients,
            final Window window,
            final String nameOfMax,
            final int max) {
        super(quotients, nameOfMax, max);
        ReadArguments.requireWindow(window);
        this.access = access;
        this.attempt = attempt;
        this.window = window;
        endKnowledgeTimes = new long[max];
        withdrawn = new boolean[max];
    }

    Window window() {
        return window;
    }

    @Override
    public VersionReading read(final Series series, final long atNs) {
        access.require(series, atNs);
        final Status status = access.read(attempt.of(series), atNs, this);
        if (status != Status.OK) {
            begin(0);
            none(status);
        }
        return this;
    }

    /** Starts an answer without versions. */
    void begin(final int scaleOfValues) {
        clear(scaleOfValues);
        horizonNs = Instants.NONE;
    }

    /** Records that versions of the window may be before the retention horizon. */
    void horizon(final long knowledgeTimeNs) {
        horizonNs = knowledgeTimeNs;
    }

    void add(final long time, final long value, final long knowledgeTime, final long reference) {
        last = hold(time, value, knowledgeTime, reference);
        if (last >= 0) {
            endKnowledgeTimes[last] = Instants.NONE;
            withdrawn[last] = false;
        }
    }

    /** Ends the version that was added last: a revision or a withdrawal replaced it. */
    void end(final long endKnowledgeTime, final boolean isWithdrawn) {
        if (last >= 0) {
            endKnowledgeTimes[last] = endKnowledgeTime;
            withdrawn[last] = isWithdrawn;
        }
    }

    @Override
    public Status status() {
        return withHorizon(super.status(), horizonNs);
    }

    /**
     * Adapts the status of a list if earlier versions may be forgotten. An empty list does not prove that no version
     * existed.
     */
    static Status withHorizon(final Status status, final long horizonNs) {
        if (horizonNs == Instants.NONE) {
            return status;
        }
        return status == Status.EMPTY ? Status.FORGOTTEN : status == Status.OK ? Status.PARTIAL : status;
    }

    @Override
    public long horizonNs() {
        return horizonNs;
    }

    @Override
    public long endKnowledgeTimeNs(final int index) {
        return endKnowledgeTimes[held(index)];
    }

    @Override
    public boolean isWithdrawn(final int index) {
        return withdrawn[held(index)];
    }

    @Override
    public String toString() {
        return new ReadingText("VersionReading")
                .add("status", status())
                .add("count", count())
                .toString();
    }
}
