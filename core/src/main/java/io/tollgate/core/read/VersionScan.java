package io.tollgate.core.read;

import io.tollgate.api.read.VersionCursor;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import java.util.Objects;

/**
 * A walk over all versions of a series, page by page. Each page is read without a change of the series in between; it
 * is short, so that the writer of a busy series does not defeat the read. Between two pages the series may change:
 * the walk continues after the versions that it has shown of the last instant, and skips what became known later.
 */
final class VersionScan implements VersionCursor {
    private static final int PAGE_LENGTH = 512;

    private final ReaderAccess access;
    private final SeriesAttempt<VersionScan> attempt;
    private final long[] times = new long[PAGE_LENGTH];
    private final long[] values = new long[PAGE_LENGTH];
    private final long[] knowledgeTimes = new long[PAGE_LENGTH];
    private final long[] references = new long[PAGE_LENGTH];
    private final long[] endKnowledgeTimes = new long[PAGE_LENGTH];
    private final boolean[] withdrawn = new boolean[PAGE_LENGTH];
    private Series series;
    private Status read = Status.UNREAD;
    private long limitNs;
    private long horizonNs;
    private long fromNs;
    /** The number of versions at the first instant of the page that were shown before. */
    private long shownCount;
    /** The number of these versions that the page still skips. */
    private long skipCount;

    private boolean isFirst;
    private boolean hasShown;
    private int index;
    private int count;

    VersionScan(final ReaderAccess access, final SeriesAttempt<VersionScan> attempt) {
        this.access = access;
        this.attempt = attempt;
    }

    @Override
    public VersionCursor open(final Series opened) {
        access.require(opened, Instants.MAX);
        series = opened;
        read = Status.UNREAD;
        horizonNs = Instants.NONE;
        fromNs = Instants.MIN;
        shownCount = 0;
        isFirst = true;
        hasShown = false;
        index = -1;
        count = 0;
        return this;
    }

    @Override
    public boolean next() {
        if (index + 1 < count) {
            index++;
            return true;
        }
        Objects.requireNonNull(series, "series=null, expected a call of open(Series) before");
        access.require(Instants.MAX);
        if (read == Status.OK && count < PAGE_LENGTH) {
            return false;
        }
        final Status status = access.read(attempt.of(series), Instants.MAX, this);
        if (status != Status.OK) {
            clear();
            read = status;
            return false;
        }
        read = Status.OK;
        isFirst = false;
        if (count == 0) {
            return false;
        }
        keepPlace();
        hasShown = true;
        index = 0;
        return true;
    }

    /** Remembers where the next page begins. */
    private void keepPlace() {
        final long last = times[count - 1];
        int same = 0;
        while (same < count && times[count - 1 - same] == last) {
            same++;
        }
        shownCount = last == fromNs ? shownCount + same : same;
        fromNs = last;
    }

    private void clear() {
        index = -1;
        count = 0;
    }

    /** Starts a page, and returns the knowledge time up to which it shows versions. */
    long beginPage(final long knownAtNs) {
        clear();
        skipCount = shownCount;
        if (isFirst) {
            limitNs = knownAtNs;
        }
        return limitNs;
    }

    /** Records that versions may be before the retention horizon. */
    void horizon(final long knowledgeTimeNs) {
        horizonNs = knowledgeTimeNs;
    }

    long fromNs() {
        return fromNs;
    }

    boolean isFull() {
        return count == PAGE_LENGTH;
    }

    void add(
            final long time,
            final long value,
            final long knowledgeTime,
            final long reference,
            final long endKnowledgeTime,
            final boolean isWithdrawn) {
        if (time == fromNs && skipCount > 0) {
            skipCount--;
            return;
        }
        times[count] = time;
        values[count] = value;
        knowledgeTimes[count] = knowledgeTime;
        references[count] = reference;
        endKnowledgeTimes[count] = endKnowledgeTime;
        withdrawn[count++] = isWithdrawn;
    }

    @Override
    public Status status() {
        return read == Status.OK ? VersionQuery.withHorizon(hasShown ? Status.OK : Status.EMPTY, horizonNs) : read;
    }

    @Override
    public long horizonNs() {
        return horizonNs;
    }

    @Override
    public long validTimeNs() {
        return times[shown()];
    }

    @Override
    public long scaledValue() {
        return values[shown()];
    }

    @Override
    public long knowledgeTimeNs() {
        return knowledgeTimes[shown()];
    }

    @Override
    public long reference() {
        return references[shown()];
    }

    @Override
    public long endKnowledgeTimeNs() {
        return endKnowledgeTimes[shown()];
    }

    @Override
    public boolean isWithdrawn() {
        return withdrawn[shown()];
    }

    private int shown() {
        if (index < 0) {
            throw new IllegalStateException("version=none, expected a call of next() that returned true");
        }
        return index;
    }
}
