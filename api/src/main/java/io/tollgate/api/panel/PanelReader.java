package io.tollgate.api.panel;

import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;

/**
 * Reads many series together without blocking the engine and without allocating. One thread at a time may use a reader;
 * make one for each thread.
 *
 * <p>All series of a read stood at one moment as they were read: a series that changes during the read makes it begin
 * anew; after a bounded number of attempts the answer says {@link Status#CONTENDED}.
 *
 * <p>Every read can be made <em>as known at</em> an earlier instant, as those of a {@link MetricReader}.
 */
public interface PanelReader {
    /**
     * A reading to be filled by {@link #read}, over and over. Allocates some 100 bytes a member.
     *
     * @param group to be read.
     * @return a new, empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     * @throws IllegalStateException    if the engine is closed.
     */
    GroupReading newReading(Group group);

    /**
     * A reading to be filled by {@link #readEffects}, over and over. Allocates some 100 bytes a member.
     *
     * @param group to be read.
     * @return a new, empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     * @throws IllegalStateException    if the engine is closed.
     */
    EffectReading newEffectReading(Group group);

    /**
     * Reads a group as seen from an instant.
     *
     * @param atNs    the instant t; what lies after it has no effect.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if the instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void read(final long atNs, final GroupReading reading) {
        read(atNs, MetricReader.ALL_KNOWN, reading);
    }

    /**
     * Reads a group as seen from an instant, as known at another one.
     *
     * @param atNs      the instant t; what lies after it has no effect.
     * @param knownAtNs knowledge time as of which is read; {@link MetricReader#ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if an instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void read(long atNs, long knownAtNs, GroupReading reading);

    /**
     * Reads a group over a window, as seen from an instant: each sum is integrated over time.
     *
     * @param window  of time: any but the last points.
     * @param atNs    the instant t; what lies after it has no effect.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if the instant is out of range, the window is one of the last points, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void read(final Window window, final long atNs, final GroupReading reading) {
        read(window, atNs, MetricReader.ALL_KNOWN, reading);
    }

    /**
     * Reads a group over a window, as seen from an instant and as known at another one.
     *
     * @param window    of time: any but the last points.
     * @param atNs      the instant t; what lies after it has no effect.
     * @param knownAtNs knowledge time as of which is read; {@link MetricReader#ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if an instant is out of range, the window is one of the last points, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void read(Window window, long atNs, long knownAtNs, GroupReading reading);

    /**
     * A reading to be filled by {@link #read(long, HierarchyReading)}, over and over. Allocates some 200 bytes a
     * member, 36 for each node above it, and 1,500 a node.
     *
     * @param hierarchy to be read.
     * @param nodes     which of its nodes, each once, whether they have a member or not yet; none for all that have.
     * @return a new, empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine, or a node is given twice.
     * @throws IllegalStateException    if the engine is closed.
     */
    HierarchyReading newReading(Hierarchy hierarchy, String... nodes);

    /**
     * Reads the nodes of a hierarchy as seen from an instant, all as they stood at one moment.
     *
     * @param atNs    the instant t; what lies after it has no effect.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if the instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void read(final long atNs, final HierarchyReading reading) {
        read(atNs, MetricReader.ALL_KNOWN, reading);
    }

    /**
     * Reads the nodes of a hierarchy as seen from an instant, as known at another one.
     *
     * @param atNs      the instant t; what lies after it has no effect.
     * @param knownAtNs knowledge time as of which is read; {@link MetricReader#ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if an instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void read(long atNs, long knownAtNs, HierarchyReading reading);

    /**
     * Reads the nodes of a hierarchy over a window, as seen from an instant: each sum is integrated over time.
     *
     * @param window  of time: any but the last points.
     * @param atNs    the instant t; what lies after it has no effect.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if the instant is out of range, the window is one of the last points, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void read(final Window window, final long atNs, final HierarchyReading reading) {
        read(window, atNs, MetricReader.ALL_KNOWN, reading);
    }

    /**
     * Reads the nodes of a hierarchy over a window, as seen from an instant and as known at another one.
     *
     * @param window    of time: any but the last points.
     * @param atNs      the instant t; what lies after it has no effect.
     * @param knownAtNs knowledge time as of which is read; {@link MetricReader#ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if an instant is out of range, the window is one of the last points, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void read(Window window, long atNs, long knownAtNs, HierarchyReading reading);

    /**
     * Reads what has changed the weighted average of a group. Fixed weights do not change: then there is a mix effect
     * only of members that come and go.
     *
     * @param fromNs  the first instant.
     * @param toNs    the second instant.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if an instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void readEffects(final long fromNs, final long toNs, final EffectReading reading) {
        readEffects(fromNs, toNs, MetricReader.ALL_KNOWN, reading);
    }

    /**
     * Reads what has changed the weighted average of a group, as known at an instant.
     *
     * @param fromNs    the first instant.
     * @param toNs      the second instant.
     * @param knownAtNs knowledge time as of which is read; {@link MetricReader#ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if an instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readEffects(long fromNs, long toNs, long knownAtNs, EffectReading reading);

    /**
     * A reading to be filled by {@link #readStack}, over and over.
     *
     * @param stack to be read.
     * @return a new, empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     * @throws IllegalStateException    if the engine is closed.
     */
    StackReading newStackReading(Stack stack);

    /**
     * Reads the rate on goods that are entered at an instant.
     *
     * @param entryNs the instant; what lies after it has no effect.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if the instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void readStack(final long entryNs, final StackReading reading) {
        readStack(entryNs, Instants.NONE, reading);
    }

    /**
     * Reads the rate on goods that are entered at an instant and were loaded at another one: the layers that have a
     * {@link Layer.InTransit clause} that holds have the rate that was in force then.
     *
     * @param entryNs  the instant of entry; what lies after it has no effect.
     * @param loadedNs the instant of loading; {@link Instants#NONE} if it is not known.
     * @param reading  to be filled; made by this reader.
     * @throws IllegalArgumentException if an instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void readStack(final long entryNs, final long loadedNs, final StackReading reading) {
        readStack(entryNs, loadedNs, MetricReader.ALL_KNOWN, reading);
    }

    /**
     * Reads the rate on goods that are entered at an instant and were loaded at another one, as known at an instant.
     *
     * @param entryNs   the instant of entry; what lies after it has no effect.
     * @param loadedNs  the instant of loading; {@link Instants#NONE} if it is not known.
     * @param knownAtNs knowledge time as of which is read; {@link MetricReader#ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if an instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readStack(long entryNs, long loadedNs, long knownAtNs, StackReading reading);

    /**
     * A reading to be filled by {@link #readStudy}, over and over. Allocates some 24 bytes a return of both windows,
     * for each pair of an event and a series.
     *
     * @param study to be read.
     * @return a new, empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     * @throws IllegalStateException    if the engine is closed.
     */
    EventStudyReading newStudyReading(EventStudy study);

    /**
     * Reads an event study.
     *
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void readStudy(final EventStudyReading reading) {
        readStudy(MetricReader.ALL_KNOWN, reading);
    }

    /**
     * Reads an event study as known at an instant.
     *
     * @param knownAtNs knowledge time as of which is read at most; {@link MetricReader#ALL_KNOWN} for all that is
     *                  known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if the instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readStudy(long knownAtNs, EventStudyReading reading);

    /**
     * A reading to be filled by {@link #readRatio}, over and over.
     *
     * @param ratio to be read.
     * @return a new, empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     * @throws IllegalStateException    if the engine is closed.
     */
    RatioReading newRatioReading(FlowRatio ratio);

    /**
     * Reads a ratio of sums over one window.
     *
     * @param window  over which.
     * @param atNs    the instant t; what lies after it has no effect.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if the instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void readRatio(final Window window, final long atNs, final RatioReading reading) {
        readRatio(window, atNs, atNs, MetricReader.ALL_KNOWN, reading);
    }

    /**
     * Reads a ratio of sums over a window as seen from two instants, as known at an instant.
     *
     * @param window    over which.
     * @param atNs      the instant from which the numerators are seen.
     * @param baseNs    the instant from which the denominators are seen, as a year earlier.
     * @param knownAtNs knowledge time as of which is read; {@link MetricReader#ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if an instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readRatio(Window window, long atNs, long baseNs, long knownAtNs, RatioReading reading);

    /**
     * A reading to be filled by {@link #readSlope}, over and over.
     *
     * @param passThrough to be read.
     * @return a new, empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     * @throws IllegalStateException    if the engine is closed.
     */
    SlopeReading newSlopeReading(PassThrough passThrough);

    /**
     * Reads how much of a tariff is passed on.
     *
     * @param knownAtNs knowledge time as of which is read; {@link MetricReader#ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader for a {@link PassThrough}.
     * @throws IllegalArgumentException if the instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readSlope(long knownAtNs, SlopeReading reading);

    /**
     * A reading to be filled by {@link #readElasticity}, over and over.
     *
     * @param elasticity to be read.
     * @return a new, empty reading.
     * @throws IllegalArgumentException if a series is not one of this engine.
     * @throws IllegalStateException    if the engine is closed.
     */
    SlopeReading newElasticityReading(Elasticity elasticity);

    /**
     * Reads how a quantity followed a tariff.
     *
     * @param window    over which the quantity is added up.
     * @param beforeNs  the instant before, from which the window is seen and at which the rate is read.
     * @param afterNs   the instant after.
     * @param knownAtNs knowledge time as of which is read; {@link MetricReader#ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader for an {@link Elasticity}.
     * @throws IllegalArgumentException if an instant is out of range, or the reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readElasticity(Window window, long beforeNs, long afterNs, long knownAtNs, SlopeReading reading);

    /**
     * A reading to be filled by {@link #readComparison}, over and over. Allocates 16 bytes a stretch, and 8 more for
     * each source.
     *
     * @param comparison   to be read.
     * @param maxStretches how many stretches it holds, 1 to 1,048,576.
     * @return a new, empty reading.
     * @throws IllegalArgumentException if the number is out of range, or a series is not one of this engine.
     */
    ComparisonReading newComparisonReading(Comparison comparison, int maxStretches);

    /**
     * Reads what several sources say of one level over a window, side by side.
     *
     * @param window  of time: any but the last points.
     * @param atNs    the instant t; what lies after it has no effect.
     * @param reading to be filled; made by this reader.
     * @throws IllegalArgumentException if the instant is out of range, the window is one of the last points, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    default void readComparison(final Window window, final long atNs, final ComparisonReading reading) {
        readComparison(window, atNs, MetricReader.ALL_KNOWN, reading);
    }

    /**
     * Reads what several sources said of one level over a window, side by side, as known at an instant. The cost is
     * linear in the points of all of them in the window, and in the number of pairs of sources.
     *
     * @param window    of time: any but the last points.
     * @param atNs      the instant t; what lies after it has no effect.
     * @param knownAtNs knowledge time as of which is read; {@link MetricReader#ALL_KNOWN} for all that is known.
     * @param reading   to be filled; made by this reader.
     * @throws IllegalArgumentException if an instant is out of range, the window is one of the last points, or the
     *                                  reading was made by another reader.
     * @throws IllegalStateException    if the engine is closed.
     */
    void readComparison(Window window, long atNs, long knownAtNs, ComparisonReading reading);
}
