package io.tollgate.core.apply;

import io.tollgate.api.admin.Lateness;
import io.tollgate.api.series.SeriesPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.agrona.collections.Long2LongHashMap;

/**
 * Measures the lateness of points per series pattern: one histogram for all series, and one for each tracked pattern.
 * Only late points cost time, a few nanoseconds per histogram. The patterns that match a series are determined once, at
 * its first late point. Engine thread only.
 */
public final class LatenessTracker {
    private static final int DIGITS = 2;
    private static final int ALL = 0;
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final List<String> patterns = new ArrayList<>(List.of(SeriesPattern.ANY));
    private Histogram[] histograms = {histogram()};

    /** A bit for each pattern that matches a series, by series number. */
    private final Long2LongHashMap fitting = new Long2LongHashMap(UNKNOWN);

    /** Finds the key of a series. */
    public interface Keys {
        /** Returns the key. */
        String keyOf(long seriesNumber);
    }

    private final Keys keys;
    private boolean isBegun;

    LatenessTracker(final Keys keys) {
        this.keys = keys;
    }

    /** Creates a histogram of fixed size that covers all possible latenesses, 60 KB. */
    private static Histogram histogram() {
        return new Histogram(1, Long.MAX_VALUE, DIGITS);
    }

    /** Tracks a pattern if it is not tracked yet. */
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

    /** Starts the measurement. Operations applied earlier are a replay. */
    void begin() {
        isBegun = true;
    }

    /** Records a late point. */
    void record(final long seriesNumber, final long latenessNs) {
        if (!isBegun) {
            return;
        }
        // Valid times may be up to 584 years apart. A difference that overflows a long counts as the maximum.
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

    /** Returns a copy of the measurements of a pattern. */
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
