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
    private final PointOperation collected = new PointOperation();
    private final TreePath path;
    private boolean exists;
    private long value;

    UpcomingPoint(final BlockStore blocks, final OperationJournal journal) {
        this.journal = journal;
        path = new TreePath(blocks);
    }

    /** Finds the point of an identity. */
    boolean find(final SeriesRecord series, final long time, final long reference) {
        exists = series.pointCount() > 0
                && path.floorIdentity(series, time, reference)
                && path.isAt(series, time, reference);
        value = exists ? path.value() : 0;
        final long seriesNumber = series.seriesNumber();
        int offset = 0;
        while (offset < journal.offset()) {
            collected.wrap(journal.buffer(), offset);
            if (isPoint(collected.type())
                    && collected.seriesNumber() == seriesNumber
                    && collected.validTime() == time
                    && (series.isIdentifiedByInstant() || collected.reference() == reference)) {
                follow(series.duplicatePolicy());
            }
            offset += OperationDescriptor.length(journal.buffer(), offset);
        }
        return exists;
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
     * Finds the reference of the only event of an instant. Nothing may be collected.
     *
     * @return {@link OperationDescriptor#MISSING} if there is none, or there are several.
     */
    long onlyReference(final SeriesRecord series, final long time) {
        if (series.pointCount() == 0 || !leadsTo(series, time, Long.MAX_VALUE)) {
            return OperationDescriptor.MISSING;
        }
        final long last = path.points().reference(path.index());
        return leadsTo(series, time, last - 1) ? OperationDescriptor.MISSING : last;
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

    private static boolean isPoint(final int type) {
        return type == OperationDescriptor.POINT
                || type == OperationDescriptor.UNKNOWN
                || type == OperationDescriptor.WITHDRAW;
    }
}
