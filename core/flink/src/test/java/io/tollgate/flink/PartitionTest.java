package io.tollgate.flink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state of a partition has all that its series know, at any time, and stays short. */
class PartitionTest {
    private static final long SEED = TestSeed.of("PartitionTest");
    private static final TariffPoints POINTS = new TariffPoints(SEED, 3_000, 1);
    private static final int LARGEST_ENTRY = 2_000;

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 1e9})
    void shouldKeepAllKnowledgeInAShortState(final double imageFactor) throws Exception {
        final RateStream stream = OneEngine.stream(POINTS);
        final Entries state = new Entries();
        final Partition partition = new Partition();
        long images = 0;
        try (SubtaskEngine engine = new SubtaskEngine(stream)) {
            for (int i = 0; i < POINTS.count(); i++) {
                engine.apply(partition, POINTS.point(i));
                if (i % 10 == 0) {
                    images += partition.flush(state, engine::image, imageFactor);
                    final long imageBytes = state.bytes(OperationBuffer.IMAGE);
                    assertTrue(state.bytes(OperationBuffer.OPERATIONS) <= imageFactor * imageBytes + LARGEST_ENTRY);
                }
                if (i % 1_000 == 0) {
                    assertSameImages(partition, engine, restored(stream, state));
                }
            }
        }
        assertTrue(images >= 4, "images=" + images);
        assertTrue(imageFactor < 1e9 || images == 4, "images=" + images);
    }

    private static List<byte[]> restored(final RateStream stream, final Entries state) {
        try (SubtaskEngine engine = new SubtaskEngine(stream)) {
            final Partition partition = new Partition();
            state.get().forEach(entry -> engine.load(partition, entry));
            return images(partition, engine);
        }
    }

    private static List<byte[]> images(final Partition partition, final SubtaskEngine engine) {
        return partition.tracks().stream()
                .filter(track -> track.sequence() > 0)
                .map(engine::image)
                .toList();
    }

    private static void assertSameImages(
            final Partition partition, final SubtaskEngine engine, final List<byte[]> restored) {
        assertArrayEquals(images(partition, engine).toArray(), restored.toArray());
    }

    @Test
    void shouldRefuseTheStateOfAnotherVersion() {
        final byte[] entry = new byte[OperationBuffer.HEADER_LENGTH];
        entry[0] = OperationBuffer.VERSION + 1;
        final IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> OperationBuffer.open(entry));
        assertEquals(
                "state version=2 length=26, expected version=1; restore it with the Tollgate that wrote it",
                refusal.getMessage());
    }

    /** A state in the heap. */
    private static final class Entries implements ListState<byte[]> {
        private List<byte[]> entries = new ArrayList<>();

        long bytes(final byte type) {
            return entries.stream()
                    .filter(entry -> entry[1] == type)
                    .mapToLong(entry -> entry.length)
                    .sum();
        }

        @Override
        public void update(final List<byte[]> values) {
            entries = new ArrayList<>(values);
        }

        @Override
        public void addAll(final List<byte[]> values) {
            entries.addAll(values);
        }

        @Override
        public Iterable<byte[]> get() {
            return entries;
        }

        @Override
        public void add(final byte[] value) {
            entries.add(value);
        }

        @Override
        public void clear() {
            entries.clear();
        }
    }
}
