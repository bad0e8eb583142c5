package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.metric.BasicMetrics;
import io.tollgate.core.metric.WindowValues;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointTree;
import io.tollgate.core.window.WindowChangeTimes;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Random;
import org.agrona.LangUtil;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Points are nanoseconds, seconds or days apart. The search finds the instant that bisection finds, with few reads. */
final class BoundSearchTest {
    private final long seed = TestSeed.of("bounds reached by time");

    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(1 << 10, LangUtil::rethrowUnchecked);

    private final SeriesRecord record = new SeriesRecord();
    private final PointTree tree = new PointTree(store.blocks());
    private final WindowChangeTimes instants = new WindowChangeTimes(store.blocks());
    private final WindowRead windowRead = new WindowRead(store.blocks());
    private int readCount;

    private static long unit(final Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> 1;
            case 1 -> Duration.ofSeconds(1).toNanos() + random.nextInt(1_000);
            default -> Duration.ofDays(1).toNanos() + random.nextInt(1_000_000);
        };
    }

    private void define(final Random random, final long unit) {
        final SeriesKind kind = random.nextBoolean() ? SeriesKind.STEP : SeriesKind.FLOW;
        final boolean isLimited = random.nextBoolean();
        final long length = unit * (1 + random.nextInt(9));
        final long heartbeat = kind == SeriesKind.STEP && isLimited ? length : 0;
        final long period = kind == SeriesKind.FLOW && isLimited
                ? ReportingPeriod.of(Duration.ofNanos(length)).code()
                : 0;
        final long number = store.seriesCount();
        store.addSeries("series." + number, kind.code(), 0, "COUNT", Long.MIN_VALUE)
                .policies((byte) 0, (byte) (heartbeat == 0 ? 0 : 1), heartbeat, period);
        store.nameSeries();
        record.wrap(store.recordAddress(number));
        long time = (random.nextInt(40) - 20) * unit;
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            final boolean isUnknown = kind == SeriesKind.STEP && random.nextInt(4) == 0;
            tree.put(record, time, isUnknown ? Decimals.UNKNOWN : random.nextInt(5), time, 0, i);
            time += unit * (1 + random.nextInt(6)) + random.nextInt(3);
        }
    }

    private static Window window(final Random random, final long unit) {
        return switch (random.nextInt(5)) {
            case 0 -> Window.since(random.nextInt(8) == 0 ? Instants.MIN : (random.nextInt(40) - 20) * unit);
            case 1 -> Window.toDate(CalendarPeriod.MONTH, ZoneOffset.UTC);
            case 2 -> Window.last(1 + random.nextInt(4));
            default -> new Window.Sliding(unit * (1 + random.nextInt(30)) + 1, Closed.values()[random.nextInt(4)]);
        };
    }

    private static ReadOptions options(final Random random, final long unit) {
        final ReadOptions plain = random.nextBoolean() ? ReadOptions.DEFAULT : ReadOptions.DEFAULT.withProRata();
        final Duration span = Duration.ofNanos(unit * random.nextInt(20));
        final ReadOptions covered = random.nextInt(4) == 0 ? plain : plain.withMinCoverage(random.nextDouble());
        return random.nextInt(3) == 0 ? covered.withMinSpan(span) : covered;
    }

    private void read(final Window window, final long atNs, final WindowValues bounds) {
        readCount++;
        assertTrue(windowRead.read(record, window, atNs, bounds));
    }

    private long halving(final Window window, final long atNs, final long lastNs, final WindowValues bounds) {
        read(window, atNs, bounds);
        final int kept = bounds.keptBounds();
        read(window, lastNs, bounds);
        if (bounds.keptBounds() == kept) {
            return WindowChangeTimes.NEVER;
        }
        long sameNs = atNs;
        long otherNs = lastNs;
        while (sameNs + 1 < otherNs) {
            final long middleNs = sameNs + (otherNs - sameNs >>> 1);
            read(window, middleNs, bounds);
            if (bounds.keptBounds() == kept) {
                sameNs = middleNs;
            } else {
                otherNs = middleNs;
            }
        }
        return otherNs;
    }

    @Test
    void shouldFindTheFirstInstantInFewReads() {
        int foundCount = 0;
        for (int i = 0; i < TestEffort.times(1_500); i++) {
            final Random random = new Random(31 * seed + i);
            final long unit = unit(random);
            define(random, unit);
            final Window window = window(random, unit);
            final ReadOptions options = options(random, unit);
            final WindowValues bounds = new WindowValues(new BasicMetrics(), options);
            final BoundSearch search = new BoundSearch((atNs, answer) -> read(window, atNs, answer));
            final String context = "seed=" + seed + " series=" + i + " " + window + " " + options;
            long atNs = record.firstTime() - unit * random.nextInt(4);
            for (int look = 0; look < 8; look++) {
                final long untilNs = instants.next(record, window, WindowChangeTimes.CONTENTS, atNs);
                final long lastNs = Math.min(untilNs, Instants.MAX + 1) - 1;
                if (lastNs > atNs) {
                    final long expected = halving(window, atNs, lastNs, bounds);
                    readCount = 0;
                    assertEquals(expected, search.first(atNs, lastNs, bounds), context + " at=" + atNs);
                    foundCount += expected == WindowChangeTimes.NEVER ? 0 : 1;
                    if (expected == WindowChangeTimes.NEVER) {
                        assertEquals(2, readCount, context + " at=" + atNs);
                    } else {
                        checkReads(
                                expected, roundedNs(window, expected, options.minCoverage()), context + " at=" + atNs);
                    }
                }
                atNs = untilNs == WindowChangeTimes.NEVER ? atNs + unit * (1 + random.nextInt(9)) : untilNs;
            }
        }
        assertTrue(foundCount > 0, "seed=" + seed);
    }

    /**
     * A search reads both ends and one instant on each side. If it misses by the rounding error, it needs a few more
     * reads.
     */
    private void checkReads(final long foundNs, final double roundedNs, final String context) {
        final int most = 8 + 2 * Math.max(0, Math.getExponent(roundedNs) + 1);
        assertTrue(readCount <= most, () -> context + " found=" + foundNs + " reads=" + readCount);
    }

    /**
     * Returns an upper bound of the rounding error. The compared values are as long as the window, and a coverage close
     * to 1 depends on a small difference.
     */
    private double roundedNs(final Window window, final long foundNs, final double coverage) {
        final double lengthNs = spareNs(window, foundNs, 0) - spareNs(window, foundNs, 1);
        return lengthNs * 0x1p-48 / (1 - coverage);
    }

    private double spareNs(final Window window, final long foundNs, final double coverage) {
        final WindowValues bounds = new WindowValues(new BasicMetrics(), ReadOptions.DEFAULT.withMinCoverage(coverage));
        read(window, foundNs, bounds);
        readCount--;
        return bounds.spareNs(0);
    }
}
