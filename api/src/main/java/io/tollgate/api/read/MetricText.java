package io.tollgate.api.read;

import java.math.BigDecimal;
import java.util.Arrays;

/** Parses the text form of metrics, see {@link Metric#text()}. */
final class MetricText {
    private static final String[] DURATION_UNITS = {"ns", "us", "ms", "d", "h", "m", "s"};
    private static final long[] DURATION_UNITS_NS = {
        1, 1_000, 1_000_000, 86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000
    };
    private static final String NEAREST_RANK = ":nearest-rank";
    private static final String TIME_CONSTANT = "tau-";

    private MetricText() {}

    static Metric parse(final String text) {
        final int colon = text.indexOf(':');
        final String name = colon < 0 || isPercentile(text) ? text : text.substring(0, colon);
        final String parameter = text.substring(Math.min(text.length(), name.length() + 1));
        try {
            return switch (name) {
                case "quantile" -> quantile(parameter);
                case "above" -> Metric.above(parameter);
                case "below" -> Metric.below(parameter);
                case "volatility" -> Metric.volatility(parameter);
                case "ewma" -> new Ewma(decay(parameter));
                case "cusum" -> new Cusum(chart(parameter), Cusum.Answer.SUM);
                case "cusum-alarms" -> new Cusum(chart(parameter), Cusum.Answer.ALARMS);
                case "since-cusum-alarm" -> new Cusum(chart(parameter), Cusum.Answer.SINCE_ALARM);
                case "ratio-to" -> new BaselineRatio(baseline(parameter));
                case "poisson-z" -> new PoissonScore(baseline(parameter));
                default -> isPercentile(text) ? percentile(text) : basic(text);
            };
        } catch (final IllegalArgumentException | ArithmeticException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("metric=" + text + ", expected " + expected(name, e), e);
        }
    }

    private static String expected(final String name, final RuntimeException reason) {
        if (!MetricNames.has(name)) {
            return MetricNames.instead(name);
        }
        final String why = reason instanceof IllegalArgumentException ? reason.getMessage() : null;
        return "a valid parameter of " + name + (why == null ? "" : ": " + why);
    }

    private static boolean isPercentile(final String text) {
        return text.startsWith("median") || text.matches("p[0-9]{2}(:.*)?");
    }

    private static BasicMetric basic(final String text) {
        return Arrays.stream(BasicMetric.values())
                .filter(metric -> metric.text().equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static Quantile percentile(final String text) {
        final String share = share(text);
        final int percent = share.equals("median") ? 50 : Integer.parseInt(share.substring(1));
        return new Quantile(percent * (Quantile.BILLION / 100), method(text));
    }

    private static Quantile quantile(final String parameter) {
        final BigDecimal parts = new BigDecimal(share(parameter)).movePointRight(9);
        return new Quantile(parts.intValueExact(), method(parameter));
    }

    private static String share(final String text) {
        return text.endsWith(NEAREST_RANK) ? text.substring(0, text.length() - NEAREST_RANK.length()) : text;
    }

    private static QuantileMethod method(final String text) {
        return text.endsWith(NEAREST_RANK) ? QuantileMethod.NEAREST_RANK : QuantileMethod.LINEAR;
    }

    private static Decay decay(final String text) {
        return text.startsWith(TIME_CONSTANT)
                ? new Decay.TimeConstant(durationNs(text.substring(TIME_CONSTANT.length())))
                : new Decay.HalfLife(durationNs(text));
    }

    private static CusumChart chart(final String text) {
        final String[] parts = text.split(":");
        return new CusumChart(
                new BigDecimal(parts[1]),
                new BigDecimal(parts[2]),
                new BigDecimal(parts[3]),
                new BigDecimal(parts[4]),
                CusumChart.Side.valueOf(parts[0]),
                CusumChart.Reset.valueOf(parts[5]));
    }

    private static Baseline baseline(final String text) {
        final int times = text.indexOf('x');
        return times < 0
                ? Baseline.fixed(text)
                : new Baseline.Earlier(durationNs(text.substring(times + 1)), Integer.parseInt(text, 0, times, 10));
    }

    private static long durationNs(final String text) {
        for (int i = 0; i < DURATION_UNITS.length; i++) {
            if (text.endsWith(DURATION_UNITS[i])) {
                final String number = text.substring(0, text.length() - DURATION_UNITS[i].length());
                return Math.multiplyExact(Long.parseLong(number), DURATION_UNITS_NS[i]);
            }
        }
        throw new IllegalArgumentException("duration=" + text);
    }
}
