package io.tollgate.core;

import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.operation.WindowDefinitionOperation;
import io.tollgate.core.store.PointChange;
import io.tollgate.core.store.PointTree;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.ShardStore;
import io.tollgate.core.window.WindowStates;
import org.agrona.MutableDirectBuffer;

/**
 * Applies logged operations to the store: the same ones, in the same order, give the same store, live or in a replay.
 * Engine thread only.
 */
final class OperationApplier implements OperationHandler {
    private final ShardStore store;
    private final EngineClock clock;
    private final PointTree tree;
    private final WindowStates windows;
    private final SeriesRecord series = new SeriesRecord();
    private final PointOperation point = new PointOperation();
    private final SeriesDefinitionOperation seriesDefinition = new SeriesDefinitionOperation();
    private final WindowDefinitionOperation windowDefinition = new WindowDefinitionOperation();
    private final ClockOperation clockOperation = new ClockOperation();
    private long appliedCount;
    private long revisedCount;
    private long lateCount;

    OperationApplier(final ShardStore store, final EngineClock clock) {
        this.store = store;
        this.clock = clock;
        tree = new PointTree(store.blocks());
        windows = new WindowStates(store.blocks());
    }

    /** Applies one operation of a replay. */
    @Override
    public void onOperation(final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        apply(buffer, offset, sequence);
    }

    /** Applies one operation. */
    void apply(final MutableDirectBuffer buffer, final int offset, final long sequence) {
        final int type = OperationDescriptor.type(buffer, offset);
        switch (type) {
            case OperationDescriptor.POINT, OperationDescriptor.UNKNOWN ->
                applyPoint(point.wrap(buffer, offset), sequence);
            case OperationDescriptor.DEFINE_SERIES -> applySeries(seriesDefinition.wrap(buffer, offset));
            case OperationDescriptor.DEFINE_WINDOW -> applyWindow(windowDefinition.wrap(buffer, offset));
            case OperationDescriptor.CLOCK ->
                clock.advanceTo(clockOperation.wrap(buffer, offset).now());
            case OperationDescriptor.REFUSAL -> {
                // The record of a point that was not let in: there is nothing to apply.
            }
            default ->
                throw new IllegalStateException("operationType=" + OperationDescriptor.name(type) + " sequence="
                        + sequence + ", expected one that this version applies; open with the version that wrote it");
        }
    }

    private void applyPoint(final PointOperation operation, final long sequence) {
        final long time = operation.validTime();
        final long knowledgeTime = operation.knowledgeTime();
        clock.observe(time, knowledgeTime);
        series.wrap(store.recordAddress(operation.seriesNumber()));
        final boolean isLate = time < series.lastTime();
        series.beginChange(sequence);
        series.lastKnowledgeTime(knowledgeTime);
        final PointChange change =
                tree.put(series, time, operation.value(), knowledgeTime, operation.reference(), sequence);
        windows.apply(series, change, clock.now());
        series.endChange(sequence);
        appliedCount++;
        if (change.isRevision()) {
            revisedCount++;
        } else if (isLate) {
            lateCount++;
        }
    }

    private void applySeries(final SeriesDefinitionOperation operation) {
        store.addSeries(
                operation.key(),
                (byte) operation.kind(),
                operation.scale(),
                operation.unitName(),
                operation.lifeStart());
    }

    private void applyWindow(final WindowDefinitionOperation operation) {
        store.addWindow(operation.seriesNumber(), operation.lengthNs());
    }

    /** {@return points applied} */
    long appliedCount() {
        return appliedCount;
    }

    /** {@return points that revised another one} */
    long revisedCount() {
        return revisedCount;
    }

    /** {@return points added behind a later one} */
    long lateCount() {
        return lateCount;
    }
}
