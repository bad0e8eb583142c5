package io.tollgate.examples.replay;

import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.Decay;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.SeriesKey;
import io.tollgate.examples.points.DurationArgument;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A metric requested on the command line. */
sealed interface MetricArgument {
    /** Returns the text on the command line. */
    String text();

    /**
     * A metric of the series of the row.
     *
     * @param text   on the command line.
     * @param metric the metric.
     */
    record OfSeries(String text, Metric metric) implements MetricArgument {}

    /**
     * A metric of two series: the other series is x, the series of the row is y.
     *
     * @param text   on the command line.
     * @param metric the metric.
     * @param key    of the other series.
     */
    record OfPair(String text, PairMetric metric, String key) implements MetricArgument {}

    /** Converts {@code mean}, {@code p90}, {@code above:25}, {@code ewma:30d} or {@code corr:"a key, quoted"}. */
    final class Converter implements ITypeConverter<MetricArgument> {
        private static final Pattern PERCENTILE = Pattern.compile("p([0-9]{2})");
        private static final Pattern DECIMAL = Pattern.compile("[-0-9.eE]+");
        private static final String EXPECTED =
                Arrays.stream(BasicMetric.values()).map(Metric::text).collect(Collectors.joining(", "))
                        + ", median, p01 to p99, above:X, below:X, ewma:HALFLIFE, volatility:PERIODS, corr:SERIES,"
                        + " cov:SERIES or beta:SERIES, with a key that contains a comma in double quotes";
        private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]++|\"\")*+)\"");

        @Override
        public MetricArgument convert(final String text) {
            final int colon = text.indexOf(':');
            try {
                return colon < 0
                        ? new OfSeries(text, named(text))
                        : withParameter(text, text.substring(0, colon), text.substring(colon + 1));
            } catch (final IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is not a metric"
                        + (e.getMessage() == null ? ", expected " + EXPECTED : ": " + e.getMessage()));
            }
        }

        private static Metric named(final String name) {
            final Matcher percentile = PERCENTILE.matcher(name);
            if (percentile.matches() && !name.equals("p00")) {
                return Metric.quantile(Integer.parseInt(percentile.group(1)) / 100.0);
            }
            if (name.equals(Metric.MEDIAN.text())) {
                return Metric.MEDIAN;
            }
            return Arrays.stream(BasicMetric.values())
                    .filter(metric -> metric.text().equals(name))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        }

        private static MetricArgument withParameter(final String text, final String name, final String parameter) {
            for (final PairMetric metric : PairMetric.values()) {
                if (metric.text().equals(name)) {
                    return new OfPair(text, metric, SeriesKey.validate(unquoted(parameter)));
                }
            }
            if (name.equals("above")) {
                return new OfSeries(text, withDecimal("above:25", "level", parameter, Metric::above));
            }
            if (name.equals("below")) {
                return new OfSeries(text, withDecimal("below:25", "level", parameter, Metric::below));
            }
            if (name.equals("volatility")) {
                return new OfSeries(text, withDecimal("volatility:252", "periods", parameter, Metric::volatility));
            }
            if (name.equals("ewma")) {
                return new OfSeries(text, Metric.ewma(new Decay.HalfLife(DurationArgument.parse(parameter))));
            }
            throw new IllegalArgumentException();
        }

        private static Metric withDecimal(
                final String example, final String name, final String decimal, final Function<String, Metric> metric) {
            try {
                if (DECIMAL.matcher(decimal).matches()) {
                    return metric.apply(decimal);
                }
            } catch (final NumberFormatException e) {
                throw new IllegalArgumentException(badDecimal(example, name, decimal), e);
            }
            throw new IllegalArgumentException(badDecimal(example, name, decimal));
        }

        private static String badDecimal(final String example, final String name, final String decimal) {
            return name + "=" + decimal + ", expected a decimal number in ASCII digits, such as " + example;
        }

        private static String unquoted(final String parameter) {
            final Matcher quoted = QUOTED.matcher(parameter);
            return quoted.matches() ? quoted.group(1).replace("\"\"", "\"") : parameter;
        }
    }
}
