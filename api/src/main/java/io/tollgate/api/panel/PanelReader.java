package io.tollgate.api.panel;

import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;

/**
 * Makes readings of many series together: groups, hierarchies, stacks, studies, ratios, slopes and comparisons. One
 * thread at a time may use a reader and the readings that it made; make a reader for each thread.
 *
 * <p>A reading is a cursor. It is made once, for its subject and its window, and filled again and again by its own
 * {@code read}, which does not block the engine and does not allocate. All series of a read are read as of one moment.
 * If a series changes during the read, the read is tried again. After a bounded number of attempts the answer says
 * {@link Status#CONTENDED}. Before the first read it says {@link Status#UNREAD}.
 *
 * <pre>{@code
 * PanelReader reader = engine.newPanelReader();
 * GroupReading tariffs = reader.group(group);
 * double average = tariffs.read(engine.now()).value(GroupMetric.WEIGHTED);
 *
 * PanelReader yesterday = reader.asOf(engine.now() - Duration.ofDays(1).toNanos());
 * GroupReading month = yesterday.group(group, Window.sliding(Duration.ofDays(30)));
 * double known = month.read(engine.now()).value(GroupMetric.WEIGHTED);
 * }</pre>
 *
 * <p>Instants and lengths are in ns. The methods below, and the reads of their readings, throw IllegalStateException if
 * the engine is closed.
 */
public interface PanelReader {
    /**
     * Returns a reader whose readings answer as known at an instant. It shares the memory of this reader: the same
     * thread uses both.
     *
     * @param knownAtNs knowledge time as of which is read; {@link Instants#ALL_KNOWN} for all that is known.
     * @return the reader.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    PanelReader asOf(long knownAtNs);

    /**
     * Makes a reading of a group at an instant. Allocates some 100 bytes a member. A read computes the sums of all
     * metrics, so none is named here.
     *
     * @param group to be read.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     */
    GroupReading group(Group group);

    /**
     * Makes a reading of a group over a window: each sum is integrated over time. Allocates some 100 bytes a member.
     *
     * @param group  to be read.
     * @param window of time: any but the last points.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine, or the window is one of the last points.
     */
    GroupReading group(Group group, Window window);

    /**
     * Makes a reading of the nodes of a hierarchy at an instant, all as of one moment. Allocates some 200 bytes a
     * member, 36 for each node above it, and 1,500 a node.
     *
     * @param hierarchy to be read.
     * @param nodes     the nodes to be read, each once, with or without members; none for all that have a member.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine, or a node is given twice.
     */
    HierarchyReading hierarchy(Hierarchy hierarchy, String... nodes);

    /**
     * Makes a reading of the nodes of a hierarchy over a window: each sum is integrated over time. Allocates as much as
     * a reading at an instant.
     *
     * @param hierarchy to be read.
     * @param window    of time: any but the last points.
     * @param nodes     the nodes to be read, each once, with or without members; none for all that have a member.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine, a node is given twice, or the window is
     *                                  one of the last points.
     */
    HierarchyReading hierarchy(Hierarchy hierarchy, Window window, String... nodes);

    /**
     * Makes a reading of the causes of a change of the weighted average of a group. Allocates some 100 bytes a member.
     * Fixed weights do not change: then only members that come and go have a mix effect.
     *
     * @param group to be read.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     */
    EffectReading effects(Group group);

    /**
     * Makes a reading of the rate of a stack.
     *
     * @param stack to be read.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     */
    StackReading stack(Stack stack);

    /**
     * Makes a reading of an event study. Allocates some 24 bytes a return of both windows, for each pair of an event
     * and a series.
     *
     * @param study to be read.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     */
    EventStudyReading study(EventStudy study);

    /**
     * Makes a reading of a ratio of sums over a window.
     *
     * @param ratio  to be read.
     * @param window of any kind.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     */
    RatioReading ratio(FlowRatio ratio, Window window);

    /**
     * Makes a reading of the share of a tariff that is passed on.
     *
     * @param passThrough to be read.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     */
    PassThroughReading passThrough(PassThrough passThrough);

    /**
     * Makes a reading of the change of a quantity with a tariff.
     *
     * @param elasticity to be read.
     * @param window     over which the quantity is added up.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     */
    ElasticityReading elasticity(Elasticity elasticity, Window window);

    /**
     * Makes a reading of several sources of one level over a window, side by side. Allocates 16 bytes a stretch, and 8
     * more for each source.
     *
     * @param comparison   to be read.
     * @param window       of time: any but the last points.
     * @param maxStretches the number of stretches that it holds, 1 to 1,048,576.
     * @return an empty reading.
     * @throws IllegalArgumentException if the number is out of range, a series is not one of this engine, or the window
     *                                  is one of the last points.
     */
    ComparisonReading comparison(Comparison comparison, Window window, int maxStretches);
}
