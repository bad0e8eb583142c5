package io.tollgate.examples.latency;

import io.tollgate.examples.report.model.CurveChart;
import io.tollgate.examples.report.model.CurveChart.Curve;
import io.tollgate.examples.report.model.CurveChart.Tick;
import io.tollgate.examples.report.model.CurveChart.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/** The charts of a sweep: latency by percentile, with one curve for each histogram, and the 99th percentile by rate. */
final class LatencyCharts {
    private static final String UNIT = "us";
    private static final double NS_PER_US = 1e3;
    private static final double TAIL_PERCENTILE = 99;
    private static final int STEPS_PER_DECADE = 20;
    private static final int MOST_DECADES = 6;
    private static final double MEDIAN_DECADE = Math.log10(2);
    private static final double[] ROUND = {1, 2, 5};

    private LatencyCharts() {}

    /**
     * One curve for each contender, at its headline rate. The axis is logarithmic towards 100%: 90%, 99% and 99.9% are
     * equally spaced.
     */
    static CurveChart byPercentile(
            final String id,
            final String title,
            final List<LoadProfile> profiles,
            final Function<Latencies, Histogram> part) {
        final long mostCount = profiles.stream()
                .mapToLong(profile -> part.apply(profile.headline().latencies()).getTotalCount())
                .max()
                .orElseThrow();
        final int decades = (int) Math.max(1, Math.min(MOST_DECADES, Math.ceil(Math.log10(mostCount))));
        final List<Tick> ticks = new ArrayList<>();
        ticks.add(new Tick(0, "0%"));
        ticks.add(new Tick(MEDIAN_DECADE / decades, "50%"));
        for (int decade = 1; decade <= decades; decade++) {
            ticks.add(new Tick((double) decade / decades, percentile(decade)));
        }
        final List<Curve> curves = profiles.stream()
                .map(profile -> new Curve(
                        profile.contender() + ", "
                                + Math.round(profile.headline().sentPerSecond()) + " points/s",
                        profile.contender().ordinal(),
                        percentiles(part.apply(profile.headline().latencies()), decades)))
                .toList();
        return new CurveChart(id, title, UNIT, "percentile", ticks, curves, "");
    }

    /** Returns the percentiles up to those that the number of points can distinguish from the maximum. */
    private static List<Vertex> percentiles(final Histogram histogram, final int decades) {
        final List<Vertex> vertices = new ArrayList<>();
        final double mostDecades = Math.log10(Math.max(1, histogram.getTotalCount()));
        boolean hasMedian = false;
        for (int step = 0; step <= decades * STEPS_PER_DECADE; step++) {
            final double decade = (double) step / STEPS_PER_DECADE;
            if (!hasMedian && decade > MEDIAN_DECADE) {
                vertices.add(vertex(histogram, MEDIAN_DECADE, decades, "50%"));
                hasMedian = true;
            }
            if (decade > mostDecades && step > 0) {
                break;
            }
            final boolean isTick = step % STEPS_PER_DECADE == 0;
            vertices.add(vertex(histogram, decade, decades, isTick ? percentile(step / STEPS_PER_DECADE) : ""));
        }
        return vertices;
    }

    private static Vertex vertex(final Histogram histogram, final double decade, final int decades, final String at) {
        final long ns = histogram.getValueAtPercentile(100 * (1 - Math.pow(10, -decade)));
        return new Vertex(decade / decades, at, us(ns));
    }

    private static String percentile(final int decade) {
        return switch (decade) {
            case 0 -> "0%";
            case 1 -> "90%";
            case 2 -> "99%";
            default -> "99." + "9".repeat(decade - 2) + "%";
        };
    }

    /** One curve for each contender. It turns upwards at the knee. */
    static CurveChart byRate(final String id, final String title, final List<LoadProfile> profiles) {
        final double[] rates = profiles.stream()
                .flatMap(profile -> profile.runs().stream())
                .mapToDouble(Run::sentPerSecond)
                .sorted()
                .toArray();
        final List<Double> round = roundRates(rates[0], rates[rates.length - 1]);
        final double low = Math.log10(round.get(0));
        final double range = Math.log10(round.get(round.size() - 1)) - low;
        final List<Tick> ticks = round.stream()
                .map(rate -> new Tick((Math.log10(rate) - low) / range, shortened(rate)))
                .toList();
        final List<Curve> curves = profiles.stream()
                .map(profile -> new Curve(
                        profile.contender().toString(),
                        profile.contender().ordinal(),
                        profile.runs().stream()
                                .map(run -> new Vertex(
                                        (Math.log10(run.sentPerSecond()) - low) / range,
                                        Math.round(run.sentPerSecond()) + " points/s",
                                        us(run.latencies().readable().getValueAtPercentile(TAIL_PERCENTILE))))
                                .toList()))
                .toList();
        return new CurveChart(id, title, UNIT, "points/s", ticks, curves, "");
    }

    /** Returns 1, 2 and 5 times powers of ten, from the last at or below the least to the first above the greatest. */
    private static List<Double> roundRates(final double least, final double greatest) {
        final List<Double> rates = new ArrayList<>();
        for (int exponent = (int) Math.floor(Math.log10(least)); ; exponent++) {
            for (final double factor : ROUND) {
                final double rate = factor * Math.pow(10, exponent);
                if (rate <= least) {
                    rates.clear();
                }
                rates.add(rate);
                if (rate > greatest) {
                    return rates;
                }
            }
        }
    }

    private static String shortened(final double rate) {
        return DoubleStream.of(1e9, 1e6, 1e3)
                .filter(unit -> rate >= unit)
                .mapToObj(unit ->
                        String.format(Locale.ROOT, "%.0f%s", rate / unit, unit == 1e9 ? "G" : unit == 1e6 ? "M" : "k"))
                .findFirst()
                .orElseGet(() -> String.format(Locale.ROOT, rate < 1 ? "%s" : "%.0f", rate));
    }

    private static double us(final long ns) {
        return Math.max(1, ns) / NS_PER_US;
    }
}
