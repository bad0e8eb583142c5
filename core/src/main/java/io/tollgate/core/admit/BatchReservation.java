package io.tollgate.core.admit;

import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM;
import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;

import io.tollgate.api.series.Window;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.registration.WindowSetBlock;
import io.tollgate.core.store.tree.BlockDemand;
import io.tollgate.core.window.WindowStateDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.MutableDirectBuffer;

/**
 * Ensures that the store has all blocks for a batch before the batch is admitted, so that no block is allocated while
 * it is applied. It first tests the worst case; if that does not fit, it counts exactly. Engine thread only.
 */
final class BatchReservation {
    private final SeriesStore store;
    private final BlockDemand demand;
    private final WindowSetBlock windowSet;
    private final SeriesRecord record = new SeriesRecord();
    private final PointOperation point = new PointOperation();
    private final Set<List<Window>> addedSets = new HashSet<>();

    BatchReservation(final SeriesStore store) {
        this.store = store;
        demand = new BlockDemand(store.blocks());
        windowSet = new WindowSetBlock(store.blocks());
    }

    /**
     * Returns true if there are blocks for the points of a batch; allocates missing ones.
     *
     * @param series     of the batch.
     * @param buffer     with its points.
     * @param pointCount the number of its points.
     * @return false if the store cannot grow.
     */
    boolean isThereFor(final BatchSeries series, final MutableDirectBuffer buffer, final int pointCount) {
        if (store.blocks().holds(pointCount)) {
            return true;
        }
        demand.clear();
        addedSets.clear();
        for (int i = 0; i < series.count(); i++) {
            record.wrap(store.recordAddress(series.number(i)));
            demand.begin(record, pointCount(series, i));
            addPoints(series.firstOf(i), series, buffer);
            addWindows();
            demand.end();
        }
        return store.blocks().hasSpace(demand);
    }

    private static int pointCount(final BatchSeries series, final int index) {
        int count = 0;
        for (int offset = series.firstOf(index); offset != StagedPoints.NONE; offset = series.next(offset)) {
            count++;
        }
        return count;
    }

    private void addPoints(final int first, final BatchSeries series, final MutableDirectBuffer buffer) {
        for (int offset = first; offset != StagedPoints.NONE; offset = series.next(offset)) {
            point.wrap(buffer, offset);
            if (point.type() == OperationDescriptor.WITHDRAW) {
                demand.withdrawal(point.validTime(), point.reference());
            } else {
                demand.point(point.validTime(), point.reference());
            }
        }
    }

    /** Windows registered by pattern are added with the next point, and states are created with the second block. */
    private void addWindows() {
        final long registrationCount = store.registrations().count();
        if (registrationCount != 0 && record.registrationCount() != registrationCount) {
            final List<Window> windows = store.registeredOf(record).windows();
            if (!windows.isEmpty() && addedSets.add(windows)) {
                demand.add(MEDIUM, 1);
            }
            addStates(WindowSetBlock.stateCount(windows));
        } else if (record.stateBlock() == NO_BLOCK && windowSet.wrap(record.windowSetBlock())) {
            addStates(windowSet.stateCount());
        }
    }

    private void addStates(final int count) {
        if (count > 0 && !demand.staysInOneBlock()) {
            demand.add(WindowStateDescriptor.sizeClass(count), 1);
        }
    }
}
