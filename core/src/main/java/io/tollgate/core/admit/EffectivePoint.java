package io.tollgate.core.admit;

import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.TreePath;

/**
 * The current point of an identity as it will be when the operations are applied that the journal has collected: what
 * decides whether one more can be let in. Engine thread only.
 */
final class EffectivePoint {
    private final OperationJournal journal;
    private final StagedPoints points;
    private final PointOperation collected = new PointOperation();
    private final PointOperation candidate = new PointOperation();
    private final TreePath path;
    private boolean exists;
    private long value;
    private long reference;

    /**
     * @param blocks  where the points are.
     * @param journal that collects.
     * @param points  where to look in it for those of a series.
     */
    EffectivePoint(final BlockStore blocks, final OperationJournal journal, final StagedPoints points) {
        this.journal = journal;
        this.points = points;
        path = new TreePath(blocks);
    }

    /** Finds the point that a reference names, together with its instant or without it. */
    boolean find(final SeriesRecord series, final long time, final long given) {
        exists = series.pointCount() > 0 && path.floorIdentity(series, time, given) && path.isAt(series, time, given);
        value = exists ? path.value() : 0;
        final int none = StagedPoints.NONE;
        for (int at = points.first(series.seriesNumber()); at != none; at = points.next(at)) {
            if (isOf(collected.wrap(journal.buffer(), at), series, time)
                    && (series.isIdentifiedByInstant() || collected.reference() == given)) {
                follow(series.duplicatePolicy());
            }
        }
        return exists;
    }

    private static boolean isOf(final PointOperation operation, final SeriesRecord series, final long time) {
        return OperationDescriptor.isPoint(operation.type())
                && operation.seriesNumber() == series.seriesNumber()
                && operation.validTime() == time;
    }

    /**
     * Whether the value found, with another one added, is a value still.
     *
     * @param added a scaled value.
     */
    boolean canAdd(final long added) {
        return PointOperation.isSumInRange(value, added);
    }

    /** Finds the only event of an instant; false if there is none, or there are several. */
    boolean findOnly(final SeriesRecord series, final long time) {
        reference = OperationDescriptor.MISSING;
        int count = unreferencedCount(series, time);
        long bound = Long.MAX_VALUE;
        while (count <= 1 && leadsTo(series, time, bound) && referenceAtPath() != OperationDescriptor.MISSING) {
            final long given = referenceAtPath();
            count += findAnother(series, time, given, count);
            bound = given - 1;
        }
        final int none = StagedPoints.NONE;
        for (int at = points.first(series.seriesNumber()); at != none; at = points.next(at)) {
            final long given = candidate.wrap(journal.buffer(), at).reference();
            if (isOf(candidate, series, time) && given != OperationDescriptor.MISSING && given != reference) {
                count += findAnother(series, time, given, count);
            }
        }
        return count == 1;
    }

    /** The reference of the event that {@link #findOnly} has found, {@link OperationDescriptor#MISSING} for none. */
    long reference() {
        return reference;
    }

    private int findAnother(final SeriesRecord series, final long time, final long given, final int count) {
        if (!find(series, time, given)) {
            return 0;
        }
        reference = count == 0 ? given : reference;
        return 1;
    }

    /** How many events of an instant have no reference; 2 for more. They come before those that have one. */
    private int unreferencedCount(final SeriesRecord series, final long time) {
        int count = 0;
        if (leadsTo(series, time, OperationDescriptor.MISSING)) {
            count = !path.isFirst() && path.retreat(1) && path.time() == time ? 2 : 1;
        }
        final int none = StagedPoints.NONE;
        for (int at = points.first(series.seriesNumber()); at != none; at = points.next(at)) {
            if (isOf(candidate.wrap(journal.buffer(), at), series, time)
                    && candidate.reference() == OperationDescriptor.MISSING) {
                count += candidate.type() == OperationDescriptor.WITHDRAW ? -1 : 1;
            }
        }
        return count;
    }

    private long referenceAtPath() {
        return path.points().reference(path.index());
    }

    /** Whether the instant has an event with that reference or a lower one. */
    private boolean leadsTo(final SeriesRecord series, final long time, final long bound) {
        return series.pointCount() > 0 && path.floor(series, time, bound) && path.index() >= 0 && path.time() == time;
    }

    private void follow(final DuplicatePolicy policy) {
        if (collected.type() == OperationDescriptor.WITHDRAW) {
            exists = false;
        } else {
            value = exists && policy == DuplicatePolicy.SUM ? value + collected.value() : collected.value();
            exists = true;
        }
    }
}
