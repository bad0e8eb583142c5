package io.tollgate.core.metric;

import io.tollgate.api.read.VersionReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.ReadingText;

/** The answer of one read of points or versions one by one. Used by one thread. */
public abstract class VersionAnswer implements VersionReading {
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
     * @param nameOfMax   how the caller knows the number, for the message that refuses it.
     * @param maxVersions how many it holds at most.
     * @throws IllegalArgumentException if that is out of range.
     */
    protected VersionAnswer(final Quotients quotients, final String nameOfMax, final int maxVersions) {
        this.quotients = quotients;
        held = new HeldPoints(nameOfMax, maxVersions);
        endKnowledgeTimes = new long[maxVersions];
        withdrawn = new boolean[maxVersions];
    }

    /**
     * Becomes an answer without versions.
     *
     * @param scaleOfValues of the series.
     */
    public final void begin(final int scaleOfValues) {
        held.clear(scaleOfValues);
        horizonNs = Instants.NONE;
    }

    /**
     * Says that versions were forgotten that may belong to it.
     *
     * @param knowledgeTimeNs the horizon of the series, NONE if none were.
     */
    public final void horizon(final long knowledgeTimeNs) {
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
    public final void add(final long time, final long value, final long knowledgeTime, final long reference) {
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
    public final void end(final long endKnowledgeTime, final boolean isWithdrawn) {
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
    public final void none(final Status status) {
        held.none(status);
        horizonNs = Instants.NONE;
    }

    @Override
    public final Status status() {
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
    public final long horizonNs() {
        return horizonNs;
    }

    @Override
    public final long count() {
        return held.count();
    }

    @Override
    public final int heldCount() {
        return held.heldCount();
    }

    @Override
    public final long validTimeNs(final int index) {
        return held.time(index);
    }

    @Override
    public final double value(final int index) {
        return held.value(index, quotients);
    }

    @Override
    public final long scaledValue(final int index) {
        return held.scaledValue(index);
    }

    @Override
    public final long knowledgeTimeNs(final int index) {
        return held.knowledgeTime(index);
    }

    @Override
    public final long reference(final int index) {
        return held.reference(index);
    }

    @Override
    public final long endKnowledgeTimeNs(final int index) {
        return endKnowledgeTimes[held.held(index)];
    }

    @Override
    public final boolean isWithdrawn(final int index) {
        return withdrawn[held.held(index)];
    }

    @Override
    public final String toString() {
        return new ReadingText("VersionReading")
                .add("status", status())
                .add("count", count())
                .toString();
    }
}
