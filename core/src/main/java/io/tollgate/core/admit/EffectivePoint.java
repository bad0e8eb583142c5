package io.tollgate.core.admit;

import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.TreePath;

/**
 * The current point of an identity after the staged operations in the journal. It decides if another operation can be
 * admitted. Engine thread only.
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
     * @param blocks  of the points.
     * @param journal with the staged operations.
     * @param points  finds the staged operations of a series.
     */
    EffectivePoint(final BlockStore blocks, final OperationJournal journal, final StagedPoints points) {
        this.journal = journal;
        this.points = points;
        path = new TreePath(blocks);
    }

    /** Finds the point of a reference, with or without its instant as part of the identity. */
    boolean find(final SeriesRecord series, final long time, final long given) {
        exists = series.pointCount() > 0 && path.floorIdentity(series, time, given) && path.isAt(series, time, given);
        value = exists ? path.value() : 0;
        final int none = StagedPoints.NONE;
        for (int at = points.first(series.seriesNumber()); at != none; at = points.next(at)) {
            if (isOf(collected, at, series, time)
                    && (series.isIdentifiedByInstant() || collected.reference() == given)) {
                follow(series.duplicatePolicy());
            }
        }
        return exists;
    }

    /** Wraps a staged operation; returns false if it is no point, or one of another series or instant. */
    private boolean isOf(final PointOperation operation, final int at, final SeriesRecord series, final long time) {
        return OperationDescriptor.isPoint(OperationDescriptor.type(journal.buffer(), at))
                && operation.wrap(journal.buffer(), at).seriesNumber() == series.seriesNumber()
                && operation.validTime() == time;
    }

    /**
     * Returns true if the sum of the found value and another one is in range.
     *
     * @param added a scaled value.
     */
    boolean canAdd(final long added) {
        return PointOperation.isSumInRange(value, added);
    }

    /** Finds the only event at an instant; false if there is none or more than one. */
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
            if (isOf(candidate, at, series, time)) {
                final long given = candidate.reference();
                if (given != OperationDescriptor.MISSING && given != reference) {
                    count += findAnother(series, time, given, count);
                }
            }
        }
        return count == 1;
    }

    /**
     * Returns the reference of the event found by {@link #findOnly}, {@link OperationDescriptor#MISSING} if it has
     * none.
     */
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

    /**
     * Counts the events at an instant without a reference, at most 2 from the store. They come before events with a
     * reference.
     */
    private int unreferencedCount(final SeriesRecord series, final long time) {
        int count = 0;
        if (leadsTo(series, time, OperationDescriptor.MISSING)) {
            count = !path.isFirst() && path.retreat(1) && path.time() == time ? 2 : 1;
        }
        final int none = StagedPoints.NONE;
        for (int at = points.first(series.seriesNumber()); at != none; at = points.next(at)) {
            if (isOf(candidate, at, series, time) && candidate.reference() == OperationDescriptor.MISSING) {
                count += candidate.type() == OperationDescriptor.WITHDRAW ? -1 : 1;
            }
        }
        return count;
    }

    private long referenceAtPath() {
        return path.points().reference(path.index());
    }

    /** Returns true if the instant has an event with this reference or a lower one. */
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
