package io.tollgate.bench.latency;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A chart as SVG: a line of latency by percentile for each run, both axes logarithmic. */
final class LatencyChart {
    private static final int WIDTH = 920;
    private static final int HEIGHT = 460;
    private static final int LEFT = 80;
    private static final int RIGHT = 890;
    private static final int TOP = 60;
    private static final int BOTTOM = 400;
    /** The percentile axis: each tick has a tenth of what is above the one before. */
    private static final List<String> PERCENTS = List.of("0", "90", "99", "99.9", "99.99", "99.999");

    private static final int PERCENTILE_DECADES = PERCENTS.size() - 1;

    private static final int STEPS_PER_DECADE = 20;
    private static final int LEAST_EXPONENT_NS = 1;
    private static final int LATENCY_DECADES = 8;
    private static final List<String> COLOURS =
            List.of("#0b5394", "#c4480f", "#0b7a5b", "#7a4aa8", "#806000", "#ad2f6c");

    private LatencyChart() {}

    static String render(final String title, final List<Run> runs) {
        final StringBuilder svg = new StringBuilder(format(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='13'>%n"
                        + "<rect width='%d' height='%d' fill='#ffffff'/>%n"
                        + "<text x='%d' y='26' font-size='17'>%s</text>%n",
                WIDTH, HEIGHT, WIDTH, HEIGHT, LEFT, title));
        appendAxes(svg);
        for (int i = 0; i < runs.size(); i++) {
            appendRun(svg, runs.get(i), i);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void appendAxes(final StringBuilder svg) {
        for (int decade = 0; decade <= PERCENTILE_DECADES; decade++) {
            final double x = x(decade);
            appendTick(svg, x, TOP, x, BOTTOM);
            svg.append(format(
                    "<text x='%.1f' y='%d' text-anchor='middle'>%s%%</text>%n", x, BOTTOM + 22, PERCENTS.get(decade)));
        }
        for (int exponent = LEAST_EXPONENT_NS; exponent <= LEAST_EXPONENT_NS + LATENCY_DECADES; exponent++) {
            final double y = y(Math.pow(10, exponent));
            appendTick(svg, LEFT, y, RIGHT, y);
            svg.append(format(
                    "<text x='%d' y='%.1f' text-anchor='end'>%s us</text>%n",
                    LEFT - 8, y + 4, BigDecimal.valueOf(1, 3 - exponent).toPlainString()));
        }
    }

    private static void appendTick(
            final StringBuilder svg, final double x1, final double y1, final double x2, final double y2) {
        svg.append(format("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='#e4e7eb'/>%n", x1, y1, x2, y2));
    }

    private static void appendRun(final StringBuilder svg, final Run run, final int index) {
        final Histogram seen = run.latencies().seen();
        final String colour = COLOURS.get(index % COLOURS.size());
        svg.append(format("<polyline fill='none' stroke='%s' stroke-width='2.5' points='", colour));
        for (int step = 0; step <= PERCENTILE_DECADES * STEPS_PER_DECADE; step++) {
            final double decade = step / (double) STEPS_PER_DECADE;
            final long ns = seen.getValueAtPercentile(100 * (1 - Math.pow(10, -decade)));
            svg.append(format("%.1f,%.1f ", x(decade), y(ns)));
        }
        svg.append(format(
                "'/>%n<text x='%d' y='48' fill='%s'>%s, %d%%: %.0f points/s</text>%n",
                LEFT + index * 210, colour, run.contender(), run.percent(), run.pointsPerSecond()));
    }

    private static double x(final double decade) {
        return LEFT + decade / PERCENTILE_DECADES * (RIGHT - LEFT);
    }

    private static double y(final double ns) {
        final double share = (Math.log10(Math.max(ns, 1)) - LEAST_EXPONENT_NS) / LATENCY_DECADES;
        return BOTTOM - Math.max(0, Math.min(1, share)) * (BOTTOM - TOP);
    }

    private static String format(final String format, final Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
