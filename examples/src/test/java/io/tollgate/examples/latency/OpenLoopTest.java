package io.tollgate.examples.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.workload.PointBatch;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The contender advances the clock, so the recorded latencies are known in advance. */
final class OpenLoopTest {
    private static final int POINTS = 10_000;
    private static final double RATE = 1e6;
    private static final long INTERVAL_NS = 1_000;
    private static final long CLOCK_NS = 10;
    private static final long STALL_NS = 1_000_000;

    private long nowNs;

    @Test
    void shouldCountAStallForEveryPointThatWasDueWhileItLasted() {
        final Latencies latencies = run(new Served(STALL_NS, 0, 0));
        final long due = STALL_NS / INTERVAL_NS;
        assertEquals(POINTS, latencies.readable().getTotalCount());
        assertEquals(STALL_NS, latencies.readable().getMaxValue(), 0.01 * STALL_NS);
        assertEquals(due / 2.0, above(latencies.readable(), STALL_NS / 2), 0.05 * due, "half waited half of it");
        assertEquals(due / 4.0, above(latencies.seen(), STALL_NS * 3 / 4), 0.05 * due, "a quarter three quarters");
    }

    @Test
    void shouldKeepApartWhenAPointIsReadableAndWhenItIsRead() {
        final Latencies latencies = run(new Served(0, 0, 600));
        assertEquals(600, latencies.read().getValueAtPercentile(50), 60);
        assertTrue(
                latencies.readable().getValueAtPercentile(50) < 300,
                "" + latencies.readable().getMaxValue());
        assertTrue(
                latencies.seen().getValueAtPercentile(50) >= 600,
                "" + latencies.seen().getMinValue());
    }

    @Test
    void shouldSendAgainWhatFoundNoSpaceAndReadEachPointOnceInOrder() {
        final Served contender = new Served(0, 3, 0);
        run(contender);
        assertEquals(POINTS, contender.sent.size());
        assertEquals(contender.sent, contender.read);
        assertTrue(contender.refusals > POINTS / 4, "refusals=" + contender.refusals);
    }

    @Test
    void shouldNotStayBehindAtFullSpeedAfterAStall() {
        final Late contender = new Late();
        new OpenLoop(contender, 3, this::tick).saturate(new PointBatch(POINTS));
        assertEquals(OpenLoop.MOST_OUTSTANDING, contender.mostUnread, "during the stall");
        assertEquals(1, contender.sentCount - contender.readAtLastSend, "after it");
    }

    @Test
    void shouldGiveTheRateAtWhichItEnded() {
        final double rate =
                new OpenLoop(new Served(0, 0, 0), 3, this::tick).run(new PointBatch(POINTS), RATE, new Latencies());
        assertEquals(RATE, rate, 0.01 * RATE);
    }

    private Latencies run(final Contender contender) {
        final Latencies latencies = new Latencies();
        new OpenLoop(contender, 3, this::tick).run(new PointBatch(POINTS), RATE, latencies);
        return latencies;
    }

    private long tick() {
        return nowNs += CLOCK_NS;
    }

    private static long above(final Histogram histogram, final long ns) {
        return histogram.getTotalCount() - histogram.getCountBetweenValues(0, ns);
    }

    /** Accepts points at once, except for one stall in the middle, or one refusal in a number of points. */
    private final class Served implements Contender {
        private final List<Integer> sent = new ArrayList<>();
        private final List<Integer> read = new ArrayList<>();
        private final long stallNs;
        private final int refuseEvery;
        private final long readNs;
        private int calls;
        private int refusals;

        Served(final long stallNs, final int refuseEvery, final long readNs) {
            this.stallNs = stallNs;
            this.refuseEvery = refuseEvery;
            this.readNs = readNs;
        }

        @Override
        public long send(final PointBatch points, final int index) {
            if (refuseEvery > 0 && ++calls % refuseEvery == 0) {
                refusals++;
                return -1;
            }
            if (index == POINTS / 2) {
                nowNs += stallNs;
            }
            sent.add(index);
            return sent.size();
        }

        @Override
        public boolean isApplied(final long ticket) {
            return sent.size() >= ticket;
        }

        @Override
        public double read(final PointBatch points, final int index, final int window) {
            assertEquals(index % 3, window);
            nowNs += readNs;
            read.add(index);
            return 0;
        }

        @Override
        public void close() {
            throw new AssertionError("closed by its loop");
        }
    }

    /** Applies nothing until an instant, and everything at once after it. */
    private final class Late implements Contender {
        private long sentCount;
        private long readCount;
        private long readAtLastSend;
        private long mostUnread;

        @Override
        public long send(final PointBatch points, final int index) {
            sentCount++;
            readAtLastSend = readCount;
            mostUnread = Math.max(mostUnread, sentCount - readCount);
            return sentCount;
        }

        @Override
        public boolean isApplied(final long ticket) {
            return tick() > STALL_NS;
        }

        @Override
        public double read(final PointBatch points, final int index, final int window) {
            readCount++;
            return 0;
        }

        @Override
        public void close() {
            throw new AssertionError("closed by its loop");
        }
    }
}
