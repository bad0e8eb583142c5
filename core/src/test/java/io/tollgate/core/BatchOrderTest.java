package io.tollgate.core;

import static io.tollgate.core.BatchOrder.Standing.IN_DOUBT;
import static io.tollgate.core.BatchOrder.Standing.LOST;
import static io.tollgate.core.BatchOrder.Standing.WHOLE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.core.BatchOrder.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches in what is left of logs; the numbers of batches say nothing of their order. */
class BatchOrderTest {
    private static final long BOTH = 0b11;
    private static final long SEED = TestSeed.of("BatchOrderTest");

    private final BatchOrder order = new BatchOrder(2);

    private void requireStanding(final Standing expected, final long number) {
        assertEquals(expected, order.standing(number), () -> "number=" + number + " seed=" + SEED);
    }

    /** A look at each loss for each batch would take minutes. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldTellOfEachBatchInATimeThatDoesNotGrowWithAllLosses() {
        final int count = 300_000;
        for (long sequence = 1; sequence <= count; sequence++) {
            order.lose(1, 2 * sequence, 2 * sequence);
        }
        order.end(0, 1, BOTH, 1);
        order.end(1, 1, BOTH, 2 * count + 1);
        for (int number = 2; number <= count; number++) {
            order.end(0, number, BOTH, number);
        }
        order.settle();
        for (int number = 2; number <= count; number++) {
            requireStanding(LOST, number);
        }
    }

    @Test
    void shouldBeWholeWhereAllLogsHaveTheEnd() {
        order.end(0, 7, BOTH, 3);
        order.end(1, 7, BOTH, 5);
        order.settle();
        requireStanding(WHOLE, 7);
        requireStanding(LOST, 8);
    }

    @Test
    void shouldBeLostWhereALogThatHasLostNothingHasNotTheEnd() {
        order.end(0, 7, BOTH, 3);
        order.settle();
        requireStanding(LOST, 7);
    }

    /** The end would stand between 10 and 20, or behind 20. */
    @Test
    void shouldBeInDoubtOnlyWhereALogHasLostSomethingInItsPlace() {
        order.end(0, 1, BOTH, 3);
        order.end(0, 2, BOTH, 6);
        order.end(0, 3, BOTH, 9);
        order.end(0, 4, BOTH, 12);
        order.end(1, 1, BOTH, 10);
        order.end(1, 3, BOTH, 20);
        order.lose(1, 15, 15);
        order.lose(1, 1, 9);
        order.settle();
        requireStanding(WHOLE, 1);
        requireStanding(IN_DOUBT, 2);
        requireStanding(WHOLE, 3);
        requireStanding(LOST, 4);
    }

    /** No log has the end; the one that has the part lost it, and the other may have, if it lost something there. */
    @ParameterizedTest
    @CsvSource({"15, IN_DOUBT", "5, LOST", "25, LOST"})
    void shouldBeInDoubtWithAPartOnlyWhereTheOtherHasLostSomethingInItsPlace(final long lost, final Standing expected) {
        order.end(0, 1, BOTH, 3);
        order.part(0, 2, BOTH, 6);
        order.lose(0, 7, 7);
        order.end(0, 3, BOTH, 9);
        order.end(1, 1, BOTH, 10);
        order.end(1, 3, BOTH, 20);
        order.lose(1, lost, lost);
        order.settle();
        requireStanding(expected, 2);
    }

    @Test
    void shouldBeInDoubtBeforeALogThatBeginsLate() {
        order.end(0, 1, BOTH, 3);
        order.end(0, 2, BOTH, 6);
        order.end(0, 3, BOTH, 9);
        order.end(1, 2, BOTH, 120);
        order.lose(1, 1, 99);
        order.settle();
        requireStanding(IN_DOUBT, 1);
        requireStanding(WHOLE, 2);
        requireStanding(LOST, 3);
    }

    /** A log without any batch: only the cut says what was before its beginning. */
    @Test
    void shouldBeOnTheSideOfTheCutOnWhichOneLogHasIt() {
        order.end(0, 1, BOTH, 3);
        order.end(0, 2, BOTH, 6);
        order.cut(new long[] {3, 110});
        order.lose(1, 1, 99);
        order.settle();
        requireStanding(IN_DOUBT, 1);
        requireStanding(LOST, 2);
    }

    /** The other log has nothing between the cuts: it never had the end. */
    @Test
    void shouldBeLostBetweenCutsBetweenWhichALogHasNothing() {
        order.end(0, 3, BOTH, 15);
        order.cut(new long[] {10, 50});
        order.cut(new long[] {20, 50});
        order.lose(1, 1, 100);
        order.settle();
        requireStanding(LOST, 3);
    }

    /** What is known of the first log's batch comes by way of the third. */
    @Test
    void shouldFollowTheOrderThroughOtherLogs() {
        final BatchOrder three = new BatchOrder(3);
        three.end(0, 5, 0b011, 1);
        three.end(0, 6, 0b101, 2);
        three.end(2, 6, 0b101, 1);
        three.end(2, 7, 0b110, 2);
        three.end(1, 7, 0b110, 50);
        three.lose(1, 60, 70);
        three.settle();
        assertEquals(LOST, three.standing(5), "it would stand before 50");
        final BatchOrder other = new BatchOrder(3);
        other.end(0, 5, 0b011, 1);
        other.end(0, 6, 0b101, 2);
        other.end(2, 6, 0b101, 1);
        other.end(2, 7, 0b110, 2);
        other.end(1, 7, 0b110, 50);
        other.lose(1, 40, 45);
        other.settle();
        assertEquals(IN_DOUBT, other.standing(5));
    }

    /** Forged, or of different directories. */
    @Test
    void shouldBeLostWhereLogsHaveDifferentOrders() {
        final long three = 0b111;
        final BatchOrder forged = new BatchOrder(3);
        forged.end(0, 1, three, 1);
        forged.end(0, 2, three, 2);
        forged.end(1, 2, three, 1);
        forged.end(1, 1, three, 2);
        forged.lose(2, 1, 1_000);
        forged.settle();
        assertEquals(LOST, forged.standing(1));
        assertEquals(LOST, forged.standing(2));
    }

    /** Batches of random shards in logs with random losses, some never whole, against the truth. */
    @Test
    void shouldNeverCallWholeWhatIsNotNorLostWhatMayHaveBeen() {
        final Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            requireTruth(random, 2 + random.nextInt(4));
        }
    }

    private static void requireTruth(final Random random, final int shardCount) {
        final BatchOrder found = new BatchOrder(shardCount);
        final long[] sequences = new long[shardCount];
        final List<long[]> ends = new ArrayList<>();
        final int[] lostFrom = new int[shardCount];
        final int[] lostTo = new int[shardCount];
        for (int i = 0; i < shardCount; i++) {
            lostFrom[i] = random.nextInt(200);
            lostTo[i] = lostFrom[i] + random.nextInt(40);
            found.lose(i, lostFrom[i], lostTo[i]);
        }
        for (int number = 0; number < 60; number++) {
            final long shards = 1 + random.nextInt((1 << shardCount) - 1);
            final boolean isWhole = random.nextInt(5) > 0;
            final long[] batch = new long[shardCount + 2];
            batch[shardCount] = shards;
            batch[shardCount + 1] = isWhole ? 1 : 0;
            for (int i = 0; i < shardCount; i++) {
                sequences[i] += 1 + random.nextInt(3);
                if ((shards & 1L << i) != 0 && (isWhole || random.nextBoolean())) {
                    batch[i] = sequences[i];
                }
            }
            ends.add(batch);
        }
        for (int i = 0; i < shardCount; i++) {
            for (int number = 0; number < ends.size(); number++) {
                final long end = ends.get(number)[i];
                if (end != 0 && (end < lostFrom[i] || end > lostTo[i])) {
                    found.end(i, number, ends.get(number)[shardCount], end);
                }
            }
        }
        found.settle();
        for (int number = 0; number < ends.size(); number++) {
            requireTruth(found, number, ends.get(number), shardCount, lostFrom, lostTo);
        }
    }

    private static void requireTruth(
            final BatchOrder found,
            final int number,
            final long[] batch,
            final int shardCount,
            final int[] lostFrom,
            final int[] lostTo) {
        boolean isSeen = false;
        boolean isSeenWhole = true;
        for (int i = 0; i < shardCount; i++) {
            final boolean isLost = batch[i] >= lostFrom[i] && batch[i] <= lostTo[i];
            isSeen |= batch[i] != 0 && !isLost;
            isSeenWhole &= (batch[shardCount] & 1L << i) == 0 || batch[i] != 0 && !isLost;
        }
        final Standing standing = found.standing(number);
        final String text = "number=" + number + " standing=" + standing + " seed=" + SEED;
        if (isSeen) {
            assertEquals(isSeenWhole, standing == WHOLE, text);
        }
        if (isSeen && batch[shardCount + 1] == 1) {
            assertEquals(isSeenWhole ? WHOLE : IN_DOUBT, standing, text);
        }
    }
}
