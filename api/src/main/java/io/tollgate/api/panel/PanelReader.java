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
 * Makes readings over several series: groups, hierarchies, stacks, studies, ratios, slopes and comparisons. One thread
 * at a time may use a reader and its readings; make a reader for each thread.
 *
 * <p>A reading is a cursor. It is made once for its subject and window, and filled by each call of its {@code read}. A
 * read does not block the engine and does not allocate. It reads all series as of one moment. If a series changes
 * meanwhile, the read is retried. After a bounded number of attempts the status is {@link Status#CONTENDED}. Before the
 * first read it is {@link Status#UNREAD}.
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
 * <p>Instants and lengths are in ns. All methods, and the reads of the readings, throw IllegalStateException if the
 * engine is closed.
 */
public interface PanelReader {
    /**
     * Returns a reader whose readings answer as known at an instant. It shares memory with this reader, so the same
     * thread must use both.
     *
     * @param knownAtNs the knowledge time in ns since the epoch; {@link Instants#ALL_KNOWN} for everything known.
     * @return the reader.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    PanelReader asOf(long knownAtNs);

    /**
     * Makes a reading of a group at an instant. It allocates some 100 bytes a member. Each read serves all metrics.
     *
     * @param group the group.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series belongs to another engine.
     */
    GroupReading group(Group group);

    /**
     * Makes a reading of a group over a window, with each sum integrated over time. It allocates some 100 bytes a
     * member.
     *
     * @param group  the group.
     * @param window a window of time, not of the last points.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series belongs to another engine, or the window is one of the last points.
     */
    GroupReading group(Group group, Window window);

    /**
     * Makes a reading of nodes of a hierarchy at an instant. It allocates some 200 bytes a member, 36 bytes for each
     * node above the member, and 1,500 bytes a node.
     *
     * @param hierarchy the hierarchy.
     * @param nodes     the nodes, each once, with or without members; none for all nodes that have a member.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series belongs to another engine, or a node is repeated.
     */
    HierarchyReading hierarchy(Hierarchy hierarchy, String... nodes);

    /**
     * Makes a reading of nodes of a hierarchy over a window, with each sum integrated over time. It allocates as much
     * as a reading at an instant.
     *
     * @param hierarchy the hierarchy.
     * @param window    a window of time, not of the last points.
     * @param nodes     the nodes, each once, with or without members; none for all nodes that have a member.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series belongs to another engine, a node is repeated, or the window is one
     *         of the last points.
     */
    HierarchyReading hierarchy(Hierarchy hierarchy, Window window, String... nodes);

    /**
     * Makes a reading of the rate effect and the mix effect of a group. It allocates some 100 bytes a member. With
     * fixed weights only members that join or leave have a mix effect.
     *
     * @param group the group.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series belongs to another engine.
     */
    EffectReading effects(Group group);

    /**
     * Makes a reading of the rate of a stack.
     *
     * @param stack the stack.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series belongs to another engine.
     */
    StackReading stack(Stack stack);

    /**
     * Makes a reading of an event study. For each pair of an event and a subject it allocates some 24 bytes a return of
     * both windows.
     *
     * @param study the study.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series belongs to another engine.
     */
    EventStudyReading study(EventStudy study);

    /**
     * Makes a reading of a ratio of sums over a window.
     *
     * @param ratio  the ratio.
     * @param window the window, of any kind.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series belongs to another engine.
     */
    RatioReading ratio(FlowRatio ratio, Window window);

    /**
     * Makes a reading of the pass-through of a tariff to a price.
     *
     * @param passThrough the pass-through.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series belongs to another engine.
     */
    PassThroughReading passThrough(PassThrough passThrough);

    /**
     * Makes a reading of the tariff elasticity of a quantity.
     *
     * @param elasticity the elasticity.
     * @param window     the window over which the flows are summed.
     * @return an empty reading.
     * @throws IllegalArgumentException if a series belongs to another engine.
     */
    ElasticityReading elasticity(Elasticity elasticity, Window window);

    /**
     * Makes a reading of several sources of one level over a window. It allocates 16 bytes a stretch, and 8 more for
     * each source.
     *
     * @param comparison   the comparison.
     * @param window       a window of time, not of the last points.
     * @param maxStretches the number of stretches that the reading holds, 1 to 1,048,576.
     * @return an empty reading.
     * @throws IllegalArgumentException if the number is out of range, a series belongs to another engine, or the window
     *         is one of the last points.
     */
    ComparisonReading comparison(Comparison comparison, Window window, int maxStretches);
}
