package io.tollgate.core.apply;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import io.tollgate.core.store.tree.PointTree;
import io.tollgate.core.window.WindowStates;
import java.util.BitSet;
import java.util.List;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Prefetched memory exists and stays unchanged in each state of a series. */
class PointPrefetchTest {
    private static final int MOST_POINTS = 150;

    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(1 << 8, LangUtil::rethrowUnchecked);

    private final PointPrefetch prefetch = new PointPrefetch(store);
    private final PointTree tree = new PointTree(store.blocks());
    private final WindowStates windows = new WindowStates(store.blocks());
    private final SeriesRecord series = new SeriesRecord();

    /** The states are: no point, a partly filled first block, a full one, and full tails. */
    @Test
    void shouldLeaveSeriesOfAllSizesAsTheyAre() {
        for (final int windowCount : new int[] {0, 1, 6, 28}) {
            for (int points = 0; points <= MOST_POINTS; points++) {
                final long number = fill(windowCount, points);
                final byte[] record = bytes(store.recordAddress(number), SeriesRecordDescriptor.LENGTH);
                final byte[] tail = block(series.tailBlock());
                final byte[] states = block(series.stateBlock());
                prefetch.add(number, Instants.MAX);
                prefetch.add(number, Instants.MIN);
                prefetch.load();
                assertArrayEquals(record, bytes(store.recordAddress(number), SeriesRecordDescriptor.LENGTH));
                assertArrayEquals(tail, block(series.tailBlock()));
                assertArrayEquals(states, block(series.stateBlock()));
            }
        }
    }

    @Test
    void shouldPassOverSeriesThatAreNotThere() {
        for (int i = 0; i < 2 * PointPrefetch.CAPACITY; i++) {
            prefetch.add(Long.MAX_VALUE - i, i);
            prefetch.add(-i, i);
        }
        prefetch.load();
        assertEquals(0, store.seriesCount());
    }

    /** One frame has more operations, of several series and types, than one prefetch loads. */
    @Test
    void shouldApplyAFrameOfAnyLength() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT))) {
            final Window window = Window.slidingNs(50);
            final FlowSeries flow = engine.defineFlow(
                    SeriesDefinition.flow("flow", Unit.COUNT, 0).withWindows(window));
            final Publisher publisher = engine.publisher();
            final TestReader reader = new TestReader(engine.newReader());
            final WindowReading reading = reader.newReading();
            final BitSet events = new BitSet();
            int time = 0;
            for (int length = 2; length <= 3 * PointPrefetch.CAPACITY; length++) {
                for (int i = 0; i < length; i++) {
                    events.set(++time);
                    KnownPoint.offer(publisher, flow, time, time, Instants.NONE, -1);
                }
                events.clear(time);
                engine.awaitApplied(
                        publisher.point(flow).validAt(time).reference(-1).withdraw());
                reader.read(flow, window, time, reading);
                assertEquals(sumAfter(events, time - 50), reading.value(Metric.SUM));
            }
        }
    }

    private static long sumAfter(final BitSet events, final int time) {
        return events.stream().filter(event -> event > time).sum();
    }

    private long fill(final int windowCount, final int points) {
        final long number = store.seriesCount();
        store.addSeries("series." + number, (byte) 1, 0, "COUNT", Long.MIN_VALUE);
        series.wrap(store.recordAddress(number));
        for (int i = 0; i < windowCount; i++) {
            store.addWindows(series, List.of(Window.slidingNs(10 + i)));
        }
        for (int i = 0; i < points; i++) {
            series.beginChange(i);
            windows.apply(series, tree.put(series, i, i, i, i, i), i);
            series.endChange(i);
        }
        return number;
    }

    private byte[] block(final long number) {
        return number == BlockDescriptor.NO_BLOCK
                ? new byte[0]
                : bytes(store.blocks().address(number), BlockDescriptor.length(BlockDescriptor.sizeClass(number)));
    }

    private static byte[] bytes(final long address, final int length) {
        final byte[] bytes = new byte[length];
        new UnsafeBuffer(address, length).getBytes(0, bytes);
        return bytes;
    }
}
