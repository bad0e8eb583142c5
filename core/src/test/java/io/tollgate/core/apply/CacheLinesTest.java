package io.tollgate.core.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.PointBlockDescriptor;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import io.tollgate.core.window.WindowStateDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layouts let a point in order, and a read after it, touch as many cache lines as the documentation says. */
class CacheLinesTest {
    private static final int LINE = 64;
    private static final Path PAGE = Path.of("docs", "footprint.md");

    private static Set<Integer> lines(final int... offsets) {
        final Set<Integer> lines = new TreeSet<>();
        IntStream.of(offsets).map(offset -> offset / LINE).forEach(lines::add);
        return lines;
    }

    @Test
    void shouldTouchTwoLinesOfTheRecord() {
        assertEquals(
                Set.of(0, 1),
                lines(
                        SeriesRecordDescriptor.VERSION_OFFSET,
                        SeriesRecordDescriptor.BEGIN_SEQUENCE_OFFSET,
                        SeriesRecordDescriptor.END_SEQUENCE_OFFSET,
                        SeriesRecordDescriptor.POINT_COUNT_OFFSET,
                        SeriesRecordDescriptor.LAST_TIME_OFFSET,
                        SeriesRecordDescriptor.LAST_REFERENCE_OFFSET,
                        SeriesRecordDescriptor.ROOT_BLOCK_OFFSET,
                        SeriesRecordDescriptor.TAIL_BLOCK_OFFSET,
                        SeriesRecordDescriptor.LAST_KNOWLEDGE_TIME_OFFSET,
                        SeriesRecordDescriptor.STATE_BLOCK_OFFSET,
                        SeriesRecordDescriptor.PERIOD_CODE_OFFSET,
                        SeriesRecordDescriptor.LIFE_START_OFFSET,
                        SeriesRecordDescriptor.SERIES_NUMBER_OFFSET,
                        SeriesRecordDescriptor.KIND_OFFSET,
                        SeriesRecordDescriptor.SCALE_OFFSET,
                        SeriesRecordDescriptor.OPEN_END_OFFSET,
                        SeriesRecordDescriptor.DUPLICATE_POLICY_OFFSET,
                        SeriesRecordDescriptor.TREE_HEIGHT_OFFSET,
                        SeriesRecordDescriptor.FLAGS_OFFSET));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "4"})
    void shouldTouchThreeLinesOfTheBlockThatItIsAppendedTo(final int sizeClass) {
        final int capacity = PointBlockDescriptor.capacity(sizeClass);
        final int half = PointBlockDescriptor.HALF_LENGTH;
        for (int i = 0; i < capacity; i++) {
            final int hot = PointBlockDescriptor.hotOffset(i);
            final int cold = PointBlockDescriptor.coldOffset(capacity) + i * half;
            assertEquals(
                    3,
                    lines(BlockDescriptor.COUNT_OFFSET, hot, hot + half - 1, cold, cold + half - 1)
                            .size());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3", "3, 4", "6, 8", "28, 32"})
    void shouldTouchTheLinesOfTheStatesThatAreDocumented(final int windows, final int expected) throws IOException {
        final int layout = WindowStateDescriptor.NARROW_FLOW;
        final int end = WindowStateDescriptor.statesOffset(layout, windows)
                + windows * WindowStateDescriptor.stateLength(layout);
        assertTrue(WindowStateDescriptor.SHAPE_OFFSET >= BlockDescriptor.HEADER_LENGTH, "the header is not read");
        assertEquals(expected, (end - BlockDescriptor.HEADER_LENGTH + LINE - 1) / LINE);
        final String row = "| states of " + windows + (windows == 1 ? " window" : " windows") + ", with each point | "
                + expected + " |";
        assertTrue(Files.readString(PAGE).contains(row), row);
    }
}
