package io.tollgate.core.metric;

import io.tollgate.api.read.VersionReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.ReadingText;

/** The answer of one read of points or versions one by one. Used by one thread. */
public final class VersionAnswer implements VersionReading {
    private final Quotients quotients;
    private final HeldPoints held;
    private final long[] endKnowledgeTimes;
    private final boolean[] withdrawn;
    private int last;
    private long horizonNs = Instants.NONE;

    /**
     * An empty answer.
     *
     * @param quotients   used to convert values, by the same thread.
     * @param maxVersions how many it holds at most.
     * @throws IllegalArgumentException if that is out of range.
     */
    public VersionAnswer(final Quotients quotients, final int maxVersions) {
        this.quotients = quotients;
        held = new HeldPoints("maxVersions", maxVersions);
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
        held.clear(scaleOfValues);
        horizonNs = Instants.NONE;
    }

    /**
     * Says that versions were forgotten that may belong to it.
     *
     * @param knowledgeTimeNs the horizon of the series, NONE if none were.
     */
    public void horizon(final long knowledgeTimeNs) {
        horizonNs = knowledgeTimeNs;
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
        last = held.add(time, value, knowledgeTime, reference);
        if (last >= 0) {
            endKnowledgeTimes[last] = Instants.NONE;
            withdrawn[last] = false;
        }
    }

    /**
     * Says that the version added last counts no more.
     *
     * @param endKnowledgeTime when that became known.
     * @param isWithdrawn      whether it was withdrawn, and not revised.
     */
    public void end(final long endKnowledgeTime, final boolean isWithdrawn) {
        if (last >= 0) {
            endKnowledgeTimes[last] = endKnowledgeTime;
            withdrawn[last] = isWithdrawn;
        }
    }

    /**
     * Becomes an answer that was not read.
     *
     * @param status CONTENDED or FORGOTTEN.
     */
    public void none(final Status status) {
        held.none(status);
        horizonNs = Instants.NONE;
    }

    @Override
    public Status status() {
        return withHorizon(held.status(), horizonNs);
    }

    /** What a list of versions is worth where earlier ones may have been forgotten: none left is not none ever. */
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
    public long count() {
        return held.count();
    }

    @Override
    public int heldCount() {
        return held.heldCount();
    }

    @Override
    public long validTimeNs(final int index) {
        return held.time(index);
    }

    @Override
    public double value(final int index) {
        return held.value(index, quotients);
    }

    @Override
    public long scaledValue(final int index) {
        return held.scaledValue(index);
    }

    @Override
    public long knowledgeTimeNs(final int index) {
        return held.knowledgeTime(index);
    }

    @Override
    public long reference(final int index) {
        return held.reference(index);
    }

    @Override
    public long endKnowledgeTimeNs(final int index) {
        return endKnowledgeTimes[held.held(index)];
    }

    @Override
    public boolean isWithdrawn(final int index) {
        return withdrawn[held.held(index)];
    }

    @Override
    public String toString() {
        return new ReadingText("VersionReading")
                .add("status", status())
                .add("count", count())
                .toString();
    }
}
