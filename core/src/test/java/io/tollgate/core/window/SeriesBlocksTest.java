package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import io.tollgate.core.report.Footprint;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.BlockStore;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The blocks of a series are counted after each point. They take memory in proportion to the points. */
class SeriesBlocksTest {
    private static final int MOST_POINTS = 10_000;
    private static final int BYTES_OF_A_SERIES = 450;
    private static final int BYTES_OF_A_POINT = 80;

    /** The largest step of a short series: another block of points, and a LARGE root in place of a DOUBLE one. */
    private static final int MOST_GROWTH = 3_600;

    /** The largest step of a long series, as a part of the bytes before it. */
    private static final double MOST_GROWTH_PART = 0.3;

    private final long[] before = new long[BlockDescriptor.SIZE_CLASS_COUNT];

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 6})
    void shouldGrowWithItsPointsWithoutACliff(final int windows) {
        try (SeriesFixture fixture = new SeriesFixture(SeriesKind.FLOW, 0, 0, sliding(windows))) {
            fixture.now(MOST_POINTS);
            for (int sizeClass = 0; sizeClass < before.length; sizeClass++) {
                before[sizeClass] = usedBlocks(fixture.blocks(), sizeClass);
            }
            double last = Footprint.bytesPerSeries(0, windows);
            for (int points = 1; points <= MOST_POINTS; points++) {
                fixture.put(points, points, 0);
                requireBlocks(fixture.blocks(), points, windows);
                final double bytes = Footprint.bytesPerSeries(points, windows);
                final String where = "points=" + points + " bytes=" + bytes + " before=" + last;
                assertTrue(bytes <= BYTES_OF_A_SERIES + BYTES_OF_A_POINT * points, where);
                assertTrue(bytes - last <= Math.max(MOST_GROWTH, MOST_GROWTH_PART * last), where);
                last = bytes;
            }
        }
    }

    private void requireBlocks(final BlockStore blocks, final int points, final int windows) {
        for (int sizeClass = 0; sizeClass < before.length; sizeClass++) {
            final long used = usedBlocks(blocks, sizeClass) - before[sizeClass];
            if (used != Footprint.blocks(sizeClass, points, windows)) {
                assertEquals(
                        Footprint.blocks(sizeClass, points, windows),
                        used,
                        "points=" + points + " sizeClass=" + sizeClass);
            }
        }
    }

    private static long usedBlocks(final BlockStore blocks, final int sizeClass) {
        final UnsafeBuffer header = new UnsafeBuffer(0, 0);
        long used = 0;
        for (long i = 0; i < blocks.count(sizeClass); i++) {
            header.wrap(blocks.address(BlockDescriptor.blockNumber(i, sizeClass)), BlockDescriptor.HEADER_LENGTH);
            used += header.getByte(BlockDescriptor.TYPE_OFFSET) == BlockDescriptor.TYPE_FREE ? 0 : 1;
        }
        return used;
    }

    private static Window[] sliding(final int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Window.slidingNs(10L * i))
                .toArray(Window[]::new);
    }
}
