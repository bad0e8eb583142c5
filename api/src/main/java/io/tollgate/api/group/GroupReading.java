package io.tollgate.api.group;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;

/**
 * A cursor over the metrics of a {@link Group}, at an instant or over a window. A read computes exact sums; each metric
 * is derived from them on demand. Belongs to its reader and the thread of that reader.
 *
 * <pre>{@code
 * GroupReading reading = reader.group(group);
 * reading.read(engine.now());
 * double average = reading.value(GroupMetric.WEIGHTED);
 * Status status = reading.status(GroupMetric.WEIGHTED);
 * }</pre>
 */
public interface GroupReading {
    /**
     * Reads the group as seen from an instant. The reading of a node fills all nodes of its {@link HierarchyReading}.
     *
     * @param atNs the instant t in ns since the epoch, which is the end of a window; later points have no effect.
     * @return this reading.
     * @throws IllegalArgumentException if the instant is out of range.
     * @throws IllegalStateException if the engine is closed.
     */
    GroupReading read(long atNs);

    /** {@return the group of this reading; for a node of a {@link HierarchyReading} the group of all members} */
    Group group();

    /** {@return the instant t of the last read; {@link Instants#NONE} before the first} */
    long atNs();

    /**
     * Returns the status of a metric. {@link GroupMetric#COVERED} is OK after every completed read.
     *
     * @param metric the metric.
     * @return UNREAD, CONTENDED or FORGOTTEN; EMPTY if no member has a weight above 0, or unknown rates are dropped and
     *     no such member has a known rate; INSUFFICIENT if the policy is {@link MissingPolicy#FAIL} and a rate is
     *     unknown; UNDEFINED, see {@link GroupMetric#HHI_NORMALISED}; PARTIAL if an unknown rate affects the metric, if
     *     at some time of a window no member has a weight above 0, or if series are
     *     {@linkplain #leftOutCount() left out}; else OK.
     */
    Status status(GroupMetric metric);

    /**
     * Returns the value of a metric.
     *
     * @param metric the metric.
     * @return the value, NaN if the status has no value.
     */
    double value(GroupMetric metric);

    /**
     * The next instant at which an answer at an instant may change if no other point becomes known. At that instant a
     * pending point of a rate, a weight or a membership takes effect, or one of them expires, or a member joins or
     * leaves the group, or a {@link Branch} begins or ends. Changes of any member of the group count, even for a node;
     * the node changes then or later.
     *
     * @return the instant; {@link Instants#NONE} if there is none, for a window, and before the first read.
     */
    long nextChangeAtNs();

    /**
     * The members that belong to the group and have a weight above 0; over a window, at any time in it.
     *
     * @return their number; 0 before the first read.
     */
    int memberCount();

    /**
     * The members of {@link #memberCount()} whose rate is known; over a window, at any time in it.
     *
     * @return their number; 0 before the first read.
     */
    int knownCount();

    /**
     * The codes that match a {@link MemberPattern} of the group and are left out: one of their series is not a STEP of
     * the unit and scale of the pattern, or the group is full ({@link Group#MAX_MEMBERS}). For a node the whole group
     * counts. If there is one, metrics that would be OK are PARTIAL, except {@link GroupMetric#COVERED}.
     *
     * @return their number; 0 before the first read.
     */
    int leftOutCount();
}
