package io.tollgate.core;

import io.tollgate.api.DuplicatePolicy;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.store.BlockStore;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.TreePath;

/**
 * The current point of an identity as it will be when the operations are applied that the journal has collected: what
 * decides whether one more can be let in. Engine thread only.
 */
final class UpcomingPoint {
    private final OperationJournal journal;
    private final CollectedPoints points;
    private final PointOperation collected = new PointOperation();
    private final PointOperation candidate = new PointOperation();
    private final TreePath path;
    private boolean exists;
    private long value;

    /**
     * @param blocks  where the points are.
     * @param journal that collects.
     * @param points  where to look in it for those of a series.
     */
    UpcomingPoint(final BlockStore blocks, final OperationJournal journal, final CollectedPoints points) {
        this.journal = journal;
        this.points = points;
        path = new TreePath(blocks);
    }

    /** Finds the point of an identity. */
    boolean find(final SeriesRecord series, final long time, final long reference) {
        exists = series.pointCount() > 0
                && path.floorIdentity(series, time, reference)
                && path.isAt(series, time, reference);
        value = exists ? path.value() : 0;
        final int none = CollectedPoints.NONE;
        for (int at = points.first(series.seriesNumber()); at != none; at = points.next(at)) {
            if (isOf(collected.wrap(journal.buffer(), at), series, time)
                    && (series.isIdentifiedByInstant() || collected.reference() == reference)) {
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
        return isSumInRange(value, added);
    }

    /** Whether the sum of two scaled values is one. */
    static boolean isSumInRange(final long value, final long added) {
        final long sum = value + added;
        final boolean overflows = ((value ^ sum) & (added ^ sum)) < 0;
        return !overflows && sum != OperationDescriptor.MISSING;
    }

    /**
     * Finds the reference of the only event of an instant.
     *
     * @return {@link OperationDescriptor#MISSING} if there is none, or there are several.
     */
    long onlyReference(final SeriesRecord series, final long time) {
        long only = OperationDescriptor.MISSING;
        long bound = Long.MAX_VALUE;
        boolean isMore = series.pointCount() > 0;
        while (isMore && leadsTo(series, time, bound)) {
            final long reference = path.points().reference(path.index());
            if (find(series, time, reference)) {
                if (only != OperationDescriptor.MISSING) {
                    return OperationDescriptor.MISSING;
                }
                only = reference;
            }
            // Nothing stands before an event without one, as somebody may have made it: no engine has let it in.
            isMore = reference != OperationDescriptor.MISSING;
            bound = reference - 1;
        }
        final int none = CollectedPoints.NONE;
        for (int at = points.first(series.seriesNumber()); at != none; at = points.next(at)) {
            final long reference = candidate.wrap(journal.buffer(), at).reference();
            if (isOf(candidate, series, time) && reference != only && find(series, time, reference)) {
                if (only != OperationDescriptor.MISSING) {
                    return OperationDescriptor.MISSING;
                }
                only = reference;
            }
        }
        return only;
    }

    /** Whether the instant has an event with that reference or a lower one. */
    private boolean leadsTo(final SeriesRecord series, final long time, final long reference) {
        return path.floor(series, time, reference) && path.index() >= 0 && path.time() == time;
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
