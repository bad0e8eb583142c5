package io.tollgate.examples.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contender advances the clock by a microsecond for each point. */
final class SweepTest {
    private static final Workload WORKLOAD = new Workload(
            "small",
            10,
            1,
            1_000_000_000L,
            false,
            List.of(Duration.ofSeconds(10), Duration.ofSeconds(20)),
            0,
            0,
            0,
            false,
            0);
    private static final double SECONDS = 0.01;
    private static final long CLOCK_NS = 10;
    private static final long SEND_NS = 1_000;
    private static final long SLOW_NS = 100 * SEND_NS;

    /** Batches that fill the windows, estimate the maximum, warm up, and measure the maximum. */
    private static final int BATCHES_BEFORE = 4;

    private long nowNs;

    @Test
    void shouldFillAllWindowsAndFindTheMaximumBeforeAnyRateIsSent() {
        final Counting contender = new Counting();
        final LoadProfile profile = sweep(contender, List.of(50));
        assertEquals(WORKLOAD.fillLength(), contender.batches.get(0).length());
        assertEquals(1e9 / SEND_NS, profile.maximumPerSecond(), 0.1 * 1e9 / SEND_NS);
        assertEquals(profile.maximumPerSecond() / 2, profile.runs().get(0).sentPerSecond(), 1e-6);
        assertEquals(BATCHES_BEFORE + 2, contender.batches.size());
    }

    /** Each warm-up is slow, and would dominate the far tail if it were recorded. */
    @Test
    void shouldRecordNoWarmUpAndEachPointAfterIt() {
        final Counting contender = new Counting();
        contender.isWarmUpSlow = true;
        final LoadProfile profile = sweep(contender, List.of(10, 50, 90));
        long recorded = 0;
        for (int i = 0; i < 3; i++) {
            final Run run = profile.runs().get(i);
            final int warmUp = contender.batches.get(BATCHES_BEFORE + 2 * i).length();
            final int measured =
                    contender.batches.get(BATCHES_BEFORE + 2 * i + 1).length();
            assertEquals(run.sentPerSecond() * SECONDS, measured, 1);
            assertEquals(measured / 4.0, warmUp, 1);
            assertEquals(measured, run.latencies().readable().getTotalCount());
            assertEquals(measured, run.latencies().seen().getTotalCount());
            assertEquals(measured, run.latencies().read().getTotalCount());
            assertTrue(run.latencies().readable().getMaxValue() < SLOW_NS, run.percent() + " %");
            recorded += warmUp + measured;
        }
        assertEquals(recorded, contender.sentAfter);
    }

    @Test
    void shouldStopAtTheFirstRatePastTheKnee() {
        final Counting contender = new Counting();
        contender.slowRuns = List.of(3);
        final LoadProfile profile = sweep(contender, List.of(10, 50, 60, 70, 80, 90));
        assertEquals(List.of(10, 50, 60, 70), percents(profile));
        assertEquals(60, profile.knee().percent());
        assertTrue(profile.hasPassedKnee());
        assertEquals(BATCHES_BEFORE + 2 * 4, contender.batches.size());
    }

    /** All rates up to the half are sent, because contenders are compared there. */
    @Test
    void shouldContinueToTheHalfWhereTheKneeIsBelowIt() {
        final Counting contender = new Counting();
        contender.slowRuns = List.of(1, 2, 3);
        assertEquals(List.of(10, 30, 50), percents(sweep(contender, List.of(10, 30, 50, 70))));
    }

    @Test
    void shouldSendAllRatesWhereNoneIsPastTheKnee() {
        final LoadProfile profile = sweep(new Counting(), List.of(10, 50, 90));
        assertEquals(List.of(10, 50, 90), percents(profile));
        assertFalse(profile.hasPassedKnee());
    }

    private LoadProfile sweep(final Contender contender, final List<Integer> percents) {
        return new Sweep(WORKLOAD, SECONDS, this::tick, text -> {}).run(ContenderName.FLOOR, contender, percents);
    }

    private static List<Integer> percents(final LoadProfile profile) {
        return profile.runs().stream().map(Run::percent).toList();
    }

    private long tick() {
        nowNs += CLOCK_NS;
        return nowNs;
    }

    /** Counts sent points by batch. A point is readable some time after it was sent; its ticket is that time. */
    private final class Counting implements Contender {
        private final List<PointBatch> batches = new ArrayList<>();
        private List<Integer> slowRuns = List.of();
        private boolean isWarmUpSlow;
        private long sentAfter;
        private long delayNs;

        @Override
        public long send(final PointBatch points, final int index) {
            if (index == 0) {
                batches.add(points);
                delayNs = isSlow(batches.size() - 1 - BATCHES_BEFORE) ? SLOW_NS : SEND_NS;
            }
            sentAfter += batches.size() > BATCHES_BEFORE ? 1 : 0;
            nowNs += SEND_NS;
            return nowNs + delayNs;
        }

        /** After the maximum each rate has two batches: the warm-up and the recorded points. */
        private boolean isSlow(final int batch) {
            return batch >= 0 && (batch % 2 == 0 ? isWarmUpSlow : slowRuns.contains(batch / 2));
        }

        @Override
        public boolean isApplied(final long ticket) {
            return tick() >= ticket;
        }

        @Override
        public double read(final PointBatch points, final int index, final int window) {
            return 0;
        }

        @Override
        public void close() {
            throw new AssertionError("closed by its sweep");
        }
    }
}
