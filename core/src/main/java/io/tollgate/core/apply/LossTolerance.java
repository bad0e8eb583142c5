package io.tollgate.core.apply;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Unit;
import io.tollgate.core.config.Limits;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.TreePath;

/**
 * What becomes of operations behind a loss that rest on operations that are lost. The same log always gives the same:
 * what cannot be applied is left out and counted. Engine thread only.
 */
final class LossTolerance {
    private static final Unit UNIT = new Unit("LOST");

    private final SeriesStore store;
    private final TreePath path;
    private long replacedCount;

    LossTolerance(final SeriesStore store) {
        this.store = store;
        path = new TreePath(store.blocks());
    }

    /** Whether the definition of a series is lost, or has not come yet. */
    boolean isUnknown(final long seriesNumber) {
        return store.recordAddress(seriesNumber) == 0;
    }

    /**
     * Gives the series before one that have lost their definitions one: a key that says so, levels without a scale or
     * policies, so that their points can be read as they were logged. None if there would be more series than there
     * were operations up to the sequence: then the number is damaged.
     *
     * @return whether the series itself has got such a definition, as another one before it has its key.
     * @throws IllegalStateException if that were more than an engine takes series in unless it is told otherwise, as
     *                               somebody may have made the loss up.
     */
    boolean replacesDefinition(final SeriesDefinitionOperation definition, final long sequence) {
        if (definition.seriesNumber() >= sequence) {
            return false;
        }
        final long most = Limits.DEFAULT.maxSeriesCount();
        if (definition.seriesNumber() > store.seriesCount() + most - replacedCount) {
            throw new DirectoryDamagedException(
                    "seriesNumber=" + definition.seriesNumber() + " sequence=" + sequence + ", expected at most " + most
                            + " definitions lost before it; restore the directory from a backup");
        }
        while (store.seriesCount() < definition.seriesNumber()) {
            replaceDefinition();
        }
        final boolean isReplaced = store.seriesCount() == definition.seriesNumber() && isTaken(definition.key());
        if (isReplaced) {
            replaceDefinition();
        }
        return isReplaced;
    }

    private void replaceDefinition() {
        store.addSeries(
                        freeKey(store.seriesCount()),
                        SeriesKind.STEP.code(),
                        0,
                        UNIT.name(),
                        OperationDescriptor.MISSING)
                .policies((byte) 0, (byte) 0, 0, 0);
        store.nameSeries();
        replacedCount++;
    }

    /** A key that no series has so far. */
    private String freeKey(final long seriesNumber) {
        final String first = "lost-definition-of-series." + seriesNumber;
        String key = first;
        for (int i = 1; isTaken(key); i++) {
            key = first + '.' + i;
        }
        return key;
    }

    private boolean isTaken(final String key) {
        return store.find(key) >= 0;
    }

    /** Whether the point that is to be withdrawn is lost, or the sum that is to be added to is another one now. */
    boolean isOrphaned(final SeriesRecord series, final PointOperation operation) {
        final boolean exists = series.pointCount() > 0
                && path.floorIdentity(series, operation.validTime(), operation.reference())
                && path.isAt(series, operation.validTime(), operation.reference());
        if (operation.type() == OperationDescriptor.WITHDRAW) {
            return !exists;
        }
        return exists
                && series.duplicatePolicy() == DuplicatePolicy.SUM
                && !PointOperation.isSumInRange(path.value(), operation.value());
    }
}
