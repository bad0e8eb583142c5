package io.tollgate.core.define;

import io.tollgate.api.DiskFullException;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Series;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.operation.LifeEndOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.SeriesLife;

/** Closes series, and links successors to closed series. Engine thread only. */
public final class SeriesCloser {
    private final SeriesStore store;
    private final EngineClock clock;
    private final OperationJournal journal;
    private final Runnable clockJournal;
    private final SeriesLife life;
    private final SeriesRecord record = new SeriesRecord();
    private final LifeEndOperation operation = new LifeEndOperation();

    /**
     * @param clockJournal journals the clock if there is a subscription.
     */
    public SeriesCloser(
            final SeriesStore store,
            final EngineClock clock,
            final OperationJournal journal,
            final Runnable clockJournal) {
        this.store = store;
        this.clock = clock;
        this.journal = journal;
        this.clockJournal = clockJournal;
        life = new SeriesLife(store.blocks());
    }

    /** {@return true if the life of a series has an end} */
    public boolean isClosed(final Series series) {
        wrap(series);
        return record.isClosed();
    }

    /** Refuses an invalid end of a series. */
    public void requirePossible(final Series series, final LifeEnd end) {
        if (isClosed(series)) {
            requireSameEnd(series, end);
            return;
        }
        requireKnown(series, end);
        if (record.lifeStart() != Instants.NONE && end.instantNs() <= record.lifeStart()) {
            throw new IllegalArgumentException("series=" + series.key() + " lifeEndNs=" + end.instantNs()
                    + " lifeStartNs=" + record.lifeStart() + ", expected an end after the start of its life");
        }
        if (record.pointCount() != 0 && record.isAfterLife(record.lastTime(), end.instantNs())) {
            throw new IllegalStateException("series=" + series.key() + " lifeEndNs=" + end.instantNs()
                    + " lastValidTimeNs=" + record.lastTime() + " reference="
                    + (record.lastReference() == Publisher.NO_REFERENCE ? "none" : record.lastReference())
                    + ", expected no point at or after the end of its life; withdraw those points, or close it"
                    + " after its last point");
        }
    }

    private void requireSameEnd(final Series series, final LifeEnd end) {
        if (record.lifeEnd() != end.instantNs()) {
            throw new IllegalStateException("series=" + series.key() + " lifeEndNs=" + end.instantNs()
                    + " is closed at lifeEndNs=" + record.lifeEnd() + ", expected the same end: it is closed for good");
        }
    }

    /** Refuses an end or a successor whose knowledge time is before the last one of the series. */
    public void requireKnown(final Series series, final LifeEnd end) {
        wrap(series);
        if (end.knownAtNs() == Instants.NONE && clock.mode() == ClockMode.KNOWLEDGE) {
            throw new IllegalArgumentException("series=" + series.key()
                    + " knownAtNs=none clockMode=KNOWLEDGE, expected when the end became known; give it with"
                    + " LifeEnd.knownAt");
        }
        if (knowledgeTime(end) < record.lastKnowledgeTime()) {
            throw new IllegalStateException("series=" + series.key() + " knownAtNs=" + knowledgeTime(end)
                    + ", expected " + record.lastKnowledgeTime()
                    + " or later, the last knowledge time of the series");
        }
    }

    private long knowledgeTime(final LifeEnd end) {
        return clock.knowledgeTimeOf(end.instantNs(), end.knownAtNs());
    }

    /** Closes a series, or names its successor. */
    public void close(final Series series, final LifeEnd end) {
        requirePossible(series, end);
        requireKnown(series, end);
        requireSpace(series);
        final long knowledgeTime = knowledgeTime(end);
        final boolean isStamped = end.knownAtNs() == Instants.NONE;
        clock.observe(end.instantNs(), knowledgeTime, isStamped);
        clockJournal.run();
        log(
                OperationDescriptor.END_SERIES,
                series,
                end.instantNs(),
                knowledgeTime,
                end.successor().map(Series::number).orElse(OperationDescriptor.MISSING),
                isStamped);
    }

    /** Records that an open series follows another one that will be closed. */
    public void follow(final Series series, final Series before, final LifeEnd end) {
        requireOpen(series);
        requireSpace(series);
        log(OperationDescriptor.FOLLOW_SERIES, series, end.instantNs(), knowledgeTime(end), before.number(), false);
    }

    /** Refuses a closed series: it can no longer follow another one. */
    public void requireOpen(final Series series) {
        wrap(series);
        if (record.isClosed()) {
            throw new IllegalStateException("successor=" + series.key() + " is closed at lifeEndNs=" + record.lifeEnd()
                    + ", expected an open series");
        }
    }

    /** Returns the recorded predecessor. The link is valid only if this series is the successor of the predecessor. */
    public long predecessor(final long seriesNumber) {
        final long address = store.recordAddress(seriesNumber);
        return address == 0 ? Series.NO_NUMBER : life.predecessor(record.wrap(address));
    }

    /** Returns the recorded successor. The link is valid only if this series is the predecessor of the successor. */
    public long successor(final long seriesNumber) {
        final long address = store.recordAddress(seriesNumber);
        return address == 0 ? Series.NO_NUMBER : life.successor(record.wrap(address));
    }

    private void wrap(final Series series) {
        record.wrap(store.recordAddress(series.number()));
    }

    private void requireSpace(final Series series) {
        if (!journal.hasSpace(2) || !store.blocks().hasSpace(1)) {
            throw new DiskFullException(
                    "series=" + series.key(), "expected room to close it in the log and in the store; make some");
        }
    }

    private void log(
            final int type,
            final Series series,
            final long lifeEndNs,
            final long knowledgeTime,
            final long linkedNumber,
            final boolean isStamped) {
        try {
            operation.encode(
                    journal.buffer(), journal.offset(), type, series.number(), lifeEndNs, knowledgeTime, linkedNumber);
            if (isStamped) {
                operation.stamped();
            }
            journal.add();
            journal.commit();
        } catch (final RuntimeException e) {
            journal.clear();
            throw e;
        }
    }
}
