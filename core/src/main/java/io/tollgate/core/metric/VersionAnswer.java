package io.tollgate.core.metric;

import io.tollgate.api.Publisher;
import io.tollgate.api.Status;
import io.tollgate.api.VersionReading;
import io.tollgate.core.number.Quotients;
import java.util.Objects;

/** The answer of one read of points or versions one by one. Used by one thread. */
public final class VersionAnswer implements VersionReading {
    private static final int MAX_VERSIONS = 1 << 20;

    private final Quotients quotients;
    private final long[] times;
    private final long[] values;
    private final long[] knowledgeTimes;
    private final long[] references;
    private final long[] endKnowledgeTimes;
    private final boolean[] withdrawn;
    private boolean isContended;
    private int scale;
    private long count;

    /**
     * An empty answer.
     *
     * @param quotients   used to convert values, by the same thread.
     * @param maxVersions how many it holds at most.
     * @throws IllegalArgumentException if that is out of range.
     */
    public VersionAnswer(final Quotients quotients, final int maxVersions) {
        if (maxVersions < 1 || maxVersions > MAX_VERSIONS) {
            throw new IllegalArgumentException("maxVersions=" + maxVersions + ", expected 1 to " + MAX_VERSIONS);
        }
        this.quotients = quotients;
        times = new long[maxVersions];
        values = new long[maxVersions];
        knowledgeTimes = new long[maxVersions];
        references = new long[maxVersions];
        endKnowledgeTimes = new long[maxVersions];
        withdrawn = new boolean[maxVersions];
    }

    /**
     * Whether it converts with the same scratch memory as a reader.
     *
     * @param readersQuotients those of the reader.
     * @return true if the reader has made it.
     */
    public boolean isMadeWith(final Quotients readersQuotients) {
        return quotients == readersQuotients;
    }

    /**
     * Becomes an answer without versions.
     *
     * @param scaleOfValues of the series.
     */
    public void begin(final int scaleOfValues) {
        isContended = false;
        scale = scaleOfValues;
        count = 0;
    }

    /**
     * Adds the next version.
     *
     * @param time          its valid time.
     * @param value         its scaled value.
     * @param knowledgeTime when it became known.
     * @param reference     its reference.
     */
    public void add(final long time, final long value, final long knowledgeTime, final long reference) {
        if (count < times.length) {
            final int index = (int) count;
            times[index] = time;
            values[index] = value;
            knowledgeTimes[index] = knowledgeTime;
            references[index] = reference;
            endKnowledgeTimes[index] = Publisher.NONE;
            withdrawn[index] = false;
        }
        count++;
    }

    /**
     * Says that the version added last counts no more.
     *
     * @param endKnowledgeTime when that became known.
     * @param isWithdrawn      whether it was withdrawn, and not revised.
     */
    public void end(final long endKnowledgeTime, final boolean isWithdrawn) {
        if (count <= times.length) {
            endKnowledgeTimes[(int) count - 1] = endKnowledgeTime;
            withdrawn[(int) count - 1] = isWithdrawn;
        }
    }

    /** Becomes an answer that could not be read. */
    public void contended() {
        begin(0);
        isContended = true;
    }

    @Override
    public Status status() {
        if (isContended) {
            return Status.CONTENDED;
        }
        if (count == 0) {
            return Status.EMPTY;
        }
        return count > times.length ? Status.PARTIAL : Status.OK;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public int heldCount() {
        return (int) Math.min(count, times.length);
    }

    @Override
    public long validTimeNs(final int index) {
        return times[held(index)];
    }

    @Override
    public double value(final int index) {
        final long value = values[held(index)];
        return value == Publisher.UNKNOWN ? Double.NaN : quotients.decimal(value, scale);
    }

    @Override
    public long scaledValue(final int index) {
        return values[held(index)];
    }

    @Override
    public long knowledgeTimeNs(final int index) {
        return knowledgeTimes[held(index)];
    }

    @Override
    public long reference(final int index) {
        return references[held(index)];
    }

    @Override
    public long endKnowledgeTimeNs(final int index) {
        return endKnowledgeTimes[held(index)];
    }

    @Override
    public boolean isWithdrawn(final int index) {
        return withdrawn[held(index)];
    }

    private int held(final int index) {
        return Objects.checkIndex(index, heldCount());
    }
}
