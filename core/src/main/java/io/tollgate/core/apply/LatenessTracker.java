package io.tollgate.core.apply;

import io.tollgate.api.admin.Lateness;
import io.tollgate.api.series.SeriesPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.agrona.collections.Long2LongHashMap;

/**
 * Counts by how much points came late, by pattern of series: all of them in one histogram, and those of each tracked
 * pattern in one of its own. Only late points pay, some nanoseconds for each histogram; which patterns fit a series is
 * found out when the first of it comes late, once. Engine thread only.
 */
public final class LatenessTracker {
    private static final int DIGITS = 2;
    private static final int ALL = 0;
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final List<String> patterns = new ArrayList<>(List.of(SeriesPattern.ANY));
    private Histogram[] histograms = {histogram()};

    /** A bit for each pattern that fits a series, by the number of the series. */
    private final Long2LongHashMap fitting = new Long2LongHashMap(UNKNOWN);

    /** Gives the key of a series. */
    public interface Keys {
        /** The key. */
        String keyOf(long seriesNumber);
    }

    private final Keys keys;
    private boolean isBegun;

    LatenessTracker(final Keys keys) {
        this.keys = keys;
    }

    /** One that never grows: all latenesses that there can be, 60 KB. */
    private static Histogram histogram() {
        return new Histogram(1, Long.MAX_VALUE, DIGITS);
    }

    /** Tracks a pattern, if it is not tracked yet. */
    public void track(final String pattern) {
        if (!patterns.contains(pattern)) {
            patterns.add(pattern);
            histograms = Arrays.copyOf(histograms, histograms.length + 1);
            histograms[histograms.length - 1] = histogram();
            fitting.clear();
        }
    }

    public int patternCount() {
        return patterns.size();
    }

    public boolean isTracked(final String pattern) {
        return patterns.contains(pattern);
    }

    /** Counts from now on: what is applied before is a replay. */
    void begin() {
        isBegun = true;
    }

    /** A point has come late. */
    void record(final long seriesNumber, final long latenessNs) {
        if (!isBegun) {
            return;
        }
        // Valid times are up to 584 years apart: what does not fit a long is as late as can be.
        final long lateness = latenessNs < 0 ? Long.MAX_VALUE : latenessNs;
        histograms[ALL].recordValue(lateness);
        if (histograms.length > 1) {
            final long bits = bits(seriesNumber);
            for (int i = 1; i < histograms.length; i++) {
                if ((bits & 1L << i) != 0) {
                    histograms[i].recordValue(lateness);
                }
            }
        }
    }

    private long bits(final long seriesNumber) {
        long bits = fitting.get(seriesNumber);
        if (bits == UNKNOWN) {
            bits = 0;
            final String key = keys.keyOf(seriesNumber);
            for (int i = 1; i < patterns.size(); i++) {
                bits |= SeriesPattern.fits(patterns.get(i), key) ? 1L << i : 0;
            }
            fitting.put(seriesNumber, bits);
        }
        return bits;
    }

    /** What was counted of a pattern up to now. */
    public Lateness lateness(final String pattern) {
        return new Counted(histograms[patterns.indexOf(pattern)].copy());
    }

    private record Counted(Histogram histogram) implements Lateness {
        @Override
        public long count() {
            return histogram.getTotalCount();
        }

        @Override
        public long maxNs() {
            return histogram.getMaxValue();
        }

        @Override
        public double meanNs() {
            return count() == 0 ? Double.NaN : histogram.getMean();
        }

        @Override
        public long percentileNs(final double percent) {
            return count() == 0 ? 0 : Math.min(histogram.getValueAtPercentile(percent), maxNs());
        }
    }
}
