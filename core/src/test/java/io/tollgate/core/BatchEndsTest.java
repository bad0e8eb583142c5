package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which batches are not whole, found in logs that are read side by side. */
class BatchEndsTest {
    private static final long SEED = TestSeed.of("BatchEndsTest");
    private static final long BOTH = 0b11;
    private static final int BATCHES = 3_000;
    private static final int STRETCH = 20;

    /** An end of a batch in a log. */
    private record End(long number, long shards) {}

    @Test
    void shouldHoldWhatIsNotWhole() {
        final BatchEnds ends = new BatchEnds(2);
        ends.end(0, 7, BOTH);
        ends.end(0, 8, BOTH);
        ends.end(1, 8, BOTH);
        assertEquals(0b01, ends.shards(7));
        assertEquals(0, ends.shards(8));
        assertEquals(1, ends.count());
    }

    @Test
    void shouldTakeAnEndForOneWhereALogHasItTwice() {
        final BatchEnds ends = new BatchEnds(2);
        ends.end(0, 7, BOTH);
        ends.end(0, 7, BOTH);
        ends.end(1, 7, BOTH);
        ends.end(1, 9, BOTH);
        assertEquals(1, ends.count());
        assertEquals(0, ends.next(BOTH), "nothing of the first log is waiting");
    }

    /** There is none for the second: it is no batch of this directory. */
    @Test
    void shouldHoldABatchOfAShardThatIsNotThere() {
        final BatchEnds ends = new BatchEnds(1);
        ends.end(0, 7, BOTH);
        assertEquals(0b01, ends.shards(7));
    }

    @Test
    void shouldReadOnTheLogThatIsBehind() {
        final BatchEnds ends = new BatchEnds(3);
        assertEquals(0, ends.next(0b111));
        ends.end(0, 7, 0b111);
        assertEquals(1, ends.next(0b111));
        ends.end(1, 7, 0b111);
        assertEquals(2, ends.next(0b111));
        ends.end(2, 7, 0b111);
        assertEquals(0, ends.next(0b111));
        assertEquals(2, ends.next(0b100));
    }

    /** Random batches of which a few are not whole, and one log has a gap: as many are held as that, and stretches. */
    @Test
    void shouldHoldNoMoreThanAStretchOfEachLogAndWhatIsNotWhole() {
        final Random random = new Random(SEED);
        for (int round = 0; round < 100; round++) {
            requireBound(random, 2 + random.nextInt(7));
        }
    }

    private static void requireBound(final Random random, final int shardCount) {
        final List<List<End>> logs = new ArrayList<>();
        for (int shard = 0; shard < shardCount; shard++) {
            logs.add(new ArrayList<>());
        }
        final int gap = random.nextInt(BATCHES);
        final Map<Long, Long> partial = new HashMap<>();
        for (int i = 0; i < BATCHES; i++) {
            final long number = random.nextLong();
            final long shards = shards(random, shardCount);
            final boolean isWhole = random.nextInt(200) > 0;
            long found = 0;
            for (int shard = 0; shard < shardCount; shard++) {
                final boolean isLost = shard == 1 && i >= gap && i < gap + 50;
                if ((shards & 1L << shard) != 0 && !isLost && (isWhole || random.nextBoolean())) {
                    logs.get(shard).add(new End(number, shards));
                    found |= 1L << shard;
                }
            }
            if (found != 0 && found != shards) {
                partial.put(number, found);
            }
        }
        final BatchEnds ends = new BatchEnds(shardCount);
        final int most = read(ends, logs);
        final String text = "shardCount=" + shardCount + " most=" + most + " seed=" + SEED;
        // Each log is at most as far ahead as all that is not whole lets it be, and a stretch.
        assertTrue(most <= shardCount * (partial.size() + STRETCH), text);
        assertTrue(most < BATCHES / 2, text);
        partial.forEach((number, found) -> assertEquals(found, ends.shards(number), text));
        assertEquals(partial.size(), ends.count(), text);
    }

    private static long shards(final Random random, final int shardCount) {
        final long one = 1L << random.nextInt(shardCount);
        final long shards = random.nextInt(1 << shardCount) | one;
        return shards == one ? (1L << shardCount) - 1 : shards;
    }

    /** Reads logs as they are read, and returns the most batches that were held. */
    private static int read(final BatchEnds ends, final List<List<End>> logs) {
        final int[] heads = new int[logs.size()];
        int most = 0;
        long rest = (1L << logs.size()) - 1;
        while (rest != 0) {
            final int shard = ends.next(rest);
            final int to = Math.min(heads[shard] + STRETCH, logs.get(shard).size());
            for (; heads[shard] < to; heads[shard]++) {
                final End end = logs.get(shard).get(heads[shard]);
                ends.end(shard, end.number(), end.shards());
            }
            most = Math.max(most, ends.count());
            rest &= to == logs.get(shard).size() ? ~(1L << shard) : -1;
        }
        return most;
    }
}
