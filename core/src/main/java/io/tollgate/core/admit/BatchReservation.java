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
 * Makes sure that the store has all blocks that a batch takes, before it is let in: none is to be made while it is
 * applied. What may be taken at worst is asked for first; where there is less, it is counted. Engine thread only.
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
     * Whether the points of a batch find their blocks; makes room where there is none.
     *
     * @param series     of the batch.
     * @param buffer     in which its points are.
     * @param pointCount how many they are.
     * @return false if the store cannot grow any more.
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

    /** What is registered by pattern is taken in with the next point, and states are made with the second block. */
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
