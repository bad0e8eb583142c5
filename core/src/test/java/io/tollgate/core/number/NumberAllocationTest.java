package io.tollgate.core.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tollgate.core.fixture.NativeMemory;
import io.tollgate.core.memory.NativeBuffer;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * No operation of the package allocates, according to the JVM's count of bytes. A control that allocates verifies the
 * count.
 */
class NumberAllocationTest {
    private static final int ROUNDS = 20_000;
    private static final int ATTEMPTS = 100;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RunSummary run = new RunSummary();
    private final RunSummary right = new RunSummary();
    private final Quotients quotients = new Quotients();
    private final NativeBuffer buffer = NativeMemory.of(RunSummaryDescriptor.LENGTH);
    private final ShapeQuotients shapes = new ShapeQuotients();
    private final CrossMoments pairs = new CrossMoments();
    private final CrossMoments otherPairs = new CrossMoments();
    private final CrossQuotients cross = new CrossQuotients();
    private final ScoreQuotients scores = new ScoreQuotients();
    private final BaselineMean baseline = new BaselineMean();
    private final DecayWeights halfLife = new DecayWeights(true, 777, quotients);
    private final DecayWeights timeConstant = new DecayWeights(false, 7_777, quotients);
    private final CompensatedSum decayed = new CompensatedSum();
    private final CusumSum cusum = new CusumSum(
            false, BigDecimal.ONE, BigDecimal.valueOf(7, 9), BigDecimal.valueOf(5, 1), BigDecimal.valueOf(1, 20));
    private final ProRataSum parts = new ProRataSum();
    private byte[] escaped = new byte[0];
    private volatile long consumed;

    @Test
    void shouldAllocateNothingInEventSummaries() {
        assertEquals(0, bytesAllocated(i -> summarise(i, false, false)));
    }

    @Test
    void shouldAllocateNothingInLevelSummaries() {
        assertEquals(0, bytesAllocated(i -> summarise(i, true, false)));
    }

    @Test
    void shouldAllocateNothingInExtendedSummaries() {
        assertEquals(0, bytesAllocated(i -> summarise(i, false, true) + summarise(i, true, true)));
    }

    @Test
    void shouldAllocateNothingInQuotients() {
        run.clear(true, true);
        run.append(Long.MIN_VALUE + 1, Long.MAX_VALUE);
        run.append(0, -77);
        run.append(Long.MAX_VALUE - 1, 3);
        assertEquals(0, bytesAllocated(this::divide));
    }

    @Test
    void shouldAllocateNothingInPairs() {
        assertEquals(0, bytesAllocated(this::correlate));
    }

    @Test
    void shouldSeeTheControlAllocate() {
        final long allocated = bytesAllocated(i -> {
            escaped = new byte[16];
            return escaped.length + i;
        });
        assertTrue(allocated >= 32L * ROUNDS, "allocated=" + allocated);
    }

    private long summarise(final long i, final boolean timeWeighted, final boolean isExtended) {
        run.clear(timeWeighted, isExtended);
        right.clear(timeWeighted, isExtended);
        for (int k = 1; k < 5; k++) {
            run.append(10L * k, i + k);
            right.append(1000 + k, i - k);
        }
        run.prepend(0, i);
        run.append(right);
        boolean kept = run.insert(20, i + 2, 25, i * i, 30, i + 3);
        kept &= run.replace(25, i * i, -i, false, false, i + 2, 30, i + 3);
        kept &= run.remove(20, i + 2, 25, -i, 30, i + 3);
        run.renewExtremes(right);
        if (isExtended) {
            run.storeExtended(buffer, 0);
            right.loadExtended(buffer, 0, timeWeighted);
        } else {
            buffer.putLong(0, 10);
            buffer.putLong(8, i + 1);
            kept &= run.evictFirst(buffer, 0, 1);
            run.store(buffer, 0);
            right.load(buffer, 0, timeWeighted);
        }
        run.copyFrom(right);
        if (timeWeighted) {
            run.trimStart(15);
            run.extendEnd(2000);
        }
        return run.firstMomentLow() + run.secondMomentLow() + run.min() + (kept ? 1 : 0);
    }

    private long divide(final long i) {
        final double sum = quotients.decimal(i, 6)
                + quotients.decimal(Long.MAX_VALUE - i, 9)
                + quotients.difference(i, Long.MIN_VALUE, 3)
                + quotients.ratio(-i, i + 3)
                + quotients.firstMoment(run, run.duration(), 9)
                + quotients.firstMoment(run, 7, 2)
                + quotients.variance(run, run.duration(), 0, 9)
                + quotients.standardDeviation(run, run.duration(), 1, 6)
                + quotients.relativeChange(i, -i)
                + quotients.logChange(i, 3 * i, 6, 100)
                + shapes.skew(run)
                + shapes.kurtosis(run)
                + shapes.slopePerDay(run, 6)
                + shapes.intercept(run, i, 6)
                + quotients.firstMomentPerDay(run, i, 9)
                + quotients.differencePerDay(i, Long.MIN_VALUE, 7, 3)
                + quotients.interpolation(-i, Long.MAX_VALUE, i, 1_000_000_000, 9)
                + scores.zScore(run, run.duration(), 0, i)
                + scores.poissonScore(i, 0, baseline.clear().add(7 * i, 3, i), 9)
                + scores.baselineRatio(-i, -1, 5, baseline.clear().add(7 * i, -3, 12))
                + partOf(i)
                + signalOf(i);
        return Double.doubleToRawLongBits(sum);
    }

    private double signalOf(final long i) {
        decayed.clear();
        decayed.add(halfLife.left(i) * halfLife.lost(i));
        decayed.add(timeConstant.left(i) * timeConstant.lost(i));
        cusum.clear();
        return (cusum.add(-i, 9) ? decayed.value() : cusum.value()) + halfLife.perDay() + quotients.decimal(i, -1, 9);
    }

    private double partOf(final long i) {
        parts.set(i, -1).add(i, 0, 3, 7);
        parts.add(-i, -1, Long.MAX_VALUE, Long.MIN_VALUE);
        return parts.value(6) + parts.perDay(i, 9);
    }

    private long correlate(final long i) {
        pairs.clear();
        otherPairs.clear().add(i + 1, -i, Long.MAX_VALUE - i);
        pairs.add(3, i, -7);
        pairs.add(Long.MAX_VALUE, -i, Long.MAX_VALUE);
        pairs.subtract(3, i, -7);
        pairs.merge(otherPairs);
        pairs.add(1, i, i * i);
        final double sum = cross.covariance(pairs, 1, 6, 9) + cross.correlation(pairs) + cross.beta(pairs, 9, 6);
        return Double.doubleToRawLongBits(sum) + (cross.isConstantX(pairs) || cross.isConstantY(pairs) ? 1 : 0);
    }

    /**
     * Returns the bytes that this thread allocates in that many rounds, the least of several attempts. The JDK's {@code
     * StrictMath.pow} allocates until it is compiled, which may take long on a busy machine. The results are stored so
     * that the compiler keeps the calls. They are not checked, because most are NaN, whose bits are unspecified.
     */
    private long bytesAllocated(final LongUnaryOperator operation) {
        long least = Long.MAX_VALUE;
        long result = 0;
        for (int attempt = 0; attempt < ATTEMPTS && least > 0; attempt++) {
            final long before =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (long i = 0; i < ROUNDS; i++) {
                result ^= operation.applyAsLong(i);
            }
            final long after =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            least = Math.min(least, after - before);
        }
        consumed = result;
        return least;
    }
}
