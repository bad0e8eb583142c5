package io.tollgate.core.window;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.NativeMemory;
import io.tollgate.core.memory.NativeBuffer;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.number.RunSummaryDescriptor;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import io.tollgate.core.store.tree.PointTree;
import io.tollgate.core.store.tree.TreePath;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** One series in a store of its own, written as the engine writes it, with its points in a sorted map. */
final class SeriesFixture implements AutoCloseable {
    /** The identity of a point; for a STEP only the instant. */
    record Place(long time, long reference) implements Comparable<Place> {
        @Override
        public int compareTo(final Place other) {
            return Comparator.comparingLong(Place::time)
                    .thenComparingLong(Place::reference)
                    .compare(this, other);
        }
    }

    private final SeriesStore store;
    private final PointTree tree;
    private final WindowStates states;
    private final SeriesRecord series = new SeriesRecord();
    private final NavigableMap<Place, Long> points = new TreeMap<>();
    private final boolean isStep;
    private long now = Long.MIN_VALUE;
    private long sequence;

    SeriesFixture(final SeriesKind kind, final long heartbeatNs, final long periodCode, final Window... windows) {
        this(SeriesStore.anonymous(1 << 8, LangUtil::rethrowUnchecked), kind, heartbeatNs, periodCode, windows);
    }

    private SeriesFixture(
            final SeriesStore store,
            final SeriesKind kind,
            final long heartbeatNs,
            final long periodCode,
            final Window... windows) {
        this.store = store;
        tree = new PointTree(store.blocks());
        states = new WindowStates(store.blocks());
        isStep = kind == SeriesKind.STEP;
        final DuplicatePolicy policy = isStep ? DuplicatePolicy.REVISE : DuplicatePolicy.ALL;
        final long number = store.seriesCount();
        store.addSeries("series." + number, kind.code(), 0, "COUNT", Long.MIN_VALUE)
                .policies(policy.code(), (byte) (heartbeatNs == 0 ? 0 : 1), heartbeatNs, periodCode);
        series.wrap(store.recordAddress(number));
        store.addWindows(series, List.of(windows));
    }

    /** Returns another series of the same store, which is closed with the first. */
    SeriesFixture beside(final SeriesKind kind, final long heartbeatNs) {
        return new SeriesFixture(store, kind, heartbeatNs, 0);
    }

    BlockStore blocks() {
        return store.blocks();
    }

    SeriesRecord series() {
        return series;
    }

    NavigableMap<Place, Long> points() {
        return points;
    }

    boolean isStep() {
        return isStep;
    }

    /** Sets the clock; points after it are pending. */
    void now(final long instantNs) {
        now = instantNs;
    }

    long now() {
        return now;
    }

    /** Adds or revises a point: in place if possible, as the engine does. */
    void put(final long time, final long value, final long reference) {
        final long identity = isStep ? 0 : reference;
        final boolean isInPlace =
                states.canAppend(series, time, now) && tree.canAppend(series, time, states.lastBlockCount(series));
        series.beginChange(++sequence);
        if (isInPlace) {
            states.append(series, tree.append(series, time, value, 0, identity), time, value);
        } else {
            states.apply(series, tree.put(series, time, value, 0, identity, sequence), now);
        }
        series.endChange(sequence);
        points.put(new Place(time, identity), value);
    }

    /** Sets the count of points in the record. */
    void pointCount(final long count) {
        new UnsafeBuffer(store.recordAddress(series.seriesNumber()), SeriesRecordDescriptor.LENGTH)
                .putLong(SeriesRecordDescriptor.POINT_COUNT_OFFSET, count);
    }

    /** Keeps sums for shapes in the tree from now on. */
    void keepShapes() {
        tree.keepShapes(series);
    }

    void remove(final Place place) {
        series.beginChange(++sequence);
        states.apply(series, tree.remove(series, place.time(), 0, place.reference(), sequence), now);
        series.endChange(sequence);
        points.remove(place);
    }

    /**
     * Returns the run of a window, summed point by point: the points inside and, for a STEP, the last one at or before
     * the start.
     */
    RunSummary naive(final long startNs, final long lowestNs, final long highestNs) {
        return naive(startNs, lowestNs, highestNs, false);
    }

    /** Returns the same, with or without sums for shapes. */
    RunSummary naive(final long startNs, final long lowestNs, final long highestNs, final boolean isShape) {
        final RunSummary summary = new RunSummary().clear(isStep, isShape);
        final Map.Entry<Place, Long> carried =
                points.floorEntry(new Place(Math.min(startNs, highestNs), Long.MAX_VALUE));
        if (isStep && carried != null) {
            summary.append(carried.getKey().time(), carried.getValue());
        }
        points.forEach((place, value) -> {
            final boolean isInside = isStep ? place.time() > startNs : place.time() >= lowestNs;
            if (isInside && place.time() <= highestNs) {
                summary.append(place.time(), value);
            }
        });
        return summary;
    }

    /** Returns all fields of a summary. */
    static String bytes(final RunSummary summary) {
        final NativeBuffer buffer = NativeMemory.of(RunSummaryDescriptor.LENGTH);
        if (summary.isExtended()) {
            summary.storeExtended(buffer, 0);
        } else {
            summary.store(buffer, 0);
        }
        final StringBuilder text = new StringBuilder("isExtended=" + summary.isExtended());
        for (int i = 0; i < RunSummaryDescriptor.LENGTH; i += Long.BYTES) {
            final long word = buffer.getLong(i);
            text.append(' ').append(word == Decimals.UNKNOWN ? "unknown" : word);
        }
        return text.toString();
    }

    /** Returns the block that holds the last point at or before an instant. */
    long blockAt(final long time) {
        final TreePath path = new TreePath(store.blocks());
        if (!path.floor(series, time, Long.MAX_VALUE)) {
            throw new IllegalStateException("time=" + time + ", expected a whole tree");
        }
        return path.points().blockNumber();
    }

    /** Clears the type of a block, as a late reader may find it. */
    void tear(final long block) {
        new UnsafeBuffer(store.blocks().address(block), BlockDescriptor.HEADER_LENGTH)
                .putByte(BlockDescriptor.TYPE_OFFSET, (byte) -1);
    }

    /** Makes a block its own successor, which no valid store contains. */
    void loop(final long block) {
        new UnsafeBuffer(store.blocks().address(block), BlockDescriptor.HEADER_LENGTH)
                .putLong(BlockDescriptor.NEXT_OFFSET, block);
    }

    @Override
    public void close() {
        store.close();
    }
}
