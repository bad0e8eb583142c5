package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The union of periods given by their ends, compared hour by hour. */
class PeriodCoverTest {
    private static final int HOURS = 24 * 400;

    @Test
    void shouldCoverWhatAPeriodReachesBackTo() {
        final PeriodCover cover = new PeriodCover();
        cover.begin(0);
        cover.add(100, 130);
        cover.add(160, 190);
        cover.add(155, 191);
        assertEquals(30 + 36, cover.coveredNs());
        cover.add(120, 192);
        assertEquals(92, cover.coveredNs(), "over the gap into the stretch before");
    }

    /** Months that begin at the same hour of the month before, on its last day if that day does not exist. */
    @Test
    void shouldCoverEachHourOnce() {
        final Random random = new Random(7);
        final LocalDateTime start = LocalDateTime.of(2024, 1, 1, 0, 0);
        for (int i = 0; i < 500; i++) {
            final int from = random.nextInt(HOURS / 2);
            final PeriodCover cover = new PeriodCover();
            cover.begin(from);
            final BitSet hours = new BitSet(HOURS);
            final long[] ends = LongStream.generate(() -> random.nextInt(HOURS))
                    .limit(1 + random.nextInt(random.nextBoolean() ? 12 : 100))
                    .sorted()
                    .toArray();
            for (final long to : ends) {
                final long begin = hour(start.plusHours(to).minusMonths(1)) - hour(start);
                cover.add(begin, to);
                if (to > from) {
                    hours.set((int) Math.max(from, begin), (int) to);
                }
            }
            assertEquals(
                    hours.cardinality(),
                    cover.coveredNs(),
                    "from=" + from + " ends=" + LongStream.of(ends).boxed().toList());
        }
    }

    private static long hour(final LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) / 3_600;
    }
}
