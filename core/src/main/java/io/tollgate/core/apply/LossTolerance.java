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
 * Decides which operations after a loss can be applied although they may depend on lost operations. The others are
 * skipped and counted. The same log always gives the same result. Engine thread only.
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

    /** Returns true if a series is not defined, because its definition is lost or has not been read yet. */
    boolean isUnknown(final long seriesNumber) {
        return store.recordAddress(seriesNumber) == 0;
    }

    /**
     * Defines placeholders for the series before a definition that lost their own. A placeholder has a special key, and
     * a level without scale or policies, so the points can be read as logged. No placeholder is defined if the series
     * number exceeds the number of operations so far, because the number is then damaged.
     *
     * @return true if the series itself became a placeholder, because an earlier series has its key.
     * @throws IllegalStateException if this would exceed the default limit of series, because the loss may be forged.
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

    /** Returns a key that no series uses. */
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

    /** Returns true if the point to withdraw is lost, or a sum overflows because of a loss. */
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
