package io.tollgate.api.group;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;

/**
 * Reads a {@link Group}, at an instant or over a window, and has the answer of its last read: exact sums, from which
 * each metric is worked out when it is asked for. Belongs to the reader that made it and its thread.
 *
 * <pre>{@code
 * GroupReading reading = reader.group(group);
 * reading.read(engine.now());
 * double average = reading.value(GroupMetric.WEIGHTED);
 * Status worth = reading.status(GroupMetric.WEIGHTED);
 * }</pre>
 */
public interface GroupReading {
    /**
     * Reads the group as seen from an instant. The reading of a node fills all nodes of its {@link HierarchyReading}.
     *
     * @param atNs the instant t; what lies after it has no effect. A window is seen from it.
     * @return this reading.
     * @throws IllegalArgumentException if the instant is out of range.
     * @throws IllegalStateException    if the engine is closed.
     */
    GroupReading read(long atNs);

    /**
     * The group that it was made for; of a node in a {@link HierarchyReading}, that of all members.
     *
     * @return the group.
     */
    Group group();

    /**
     * The instant that was asked for.
     *
     * @return t, {@link Instants#NONE} before the first read.
     */
    long atNs();

    /**
     * What the value of a metric is worth.
     *
     * @param metric asked for.
     * @return UNREAD; CONTENDED; FORGOTTEN;
     *     EMPTY if no member has a weight above 0, or, where missing rates are dropped, none
     *     of those has a known rate; INSUFFICIENT if the policy is {@link MissingPolicy#FAIL} and a rate is not known;
     *     UNDEFINED, see {@link GroupMetric#HHI_NORMALISED}; PARTIAL where a rate is not known and it matters, where a
     *     window has time at which no member has a weight above 0, or where series are {@linkplain #leftOutCount() left
     *     out}; else OK. {@link GroupMetric#COVERED} is always OK.
     */
    Status status(GroupMetric metric);

    /**
     * The value of a metric.
     *
     * @param metric asked for.
     * @return the value, NaN where the status has none.
     */
    double value(GroupMetric metric);

    /**
     * When an answer at an instant may change next, if nothing else becomes known: with the first point that is pending
     * of a rate, a weight or a membership, where one of them runs out, where a member begins or ceases to belong to the
     * group, or where a {@link Branch} begins or ends. Of any member of the group, also in the answer of a node: that
     * of the node changes then or later.
     *
     * @return the instant, {@link Instants#NONE} if there is none; also over a window, and if it was not read.
     */
    long nextChangeAtNs();

    /**
     * The members that belong to the group and have a weight above 0; over a window, at any time in it.
     *
     * @return their number; 0 if it was not read.
     */
    int memberCount();

    /**
     * Those of them whose rate is known; over a window, at any time in it.
     *
     * @return their number; 0 if it was not read.
     */
    int knownCount();

    /**
     * The codes that fit a {@link MemberPattern} of the group and are left out: a series of theirs is no level of its
     * unit and scale, or the group has {@link Group#MAX_MEMBERS}. Of the whole group, also in the answer of a node.
     * Where there is one, what would be OK is PARTIAL, but for {@link GroupMetric#COVERED}.
     *
     * @return their number; 0 if it was not read.
     */
    int leftOutCount();
}
