package io.tollgate.examples.replay;

import io.tollgate.api.BasicMetric;
import io.tollgate.api.Decay;
import io.tollgate.api.Metric;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A metric as asked for on the command line.
 *
 * @param text   as it was written.
 * @param metric that is meant.
 */
record MetricArgument(String text, Metric metric) {
    static final String EXPECTED =
            Arrays.stream(BasicMetric.values()).map(Metric::text).collect(Collectors.joining(", "))
                    + ", median, p01 to p99, above:X or ewma:HALFLIFE";
    private static final Pattern PERCENTILE = Pattern.compile("p([0-9]{2})");

    /** Reads {@code mean}, {@code p90}, {@code above:25} or {@code ewma:30d}. */
    static final class Converter implements ITypeConverter<MetricArgument> {
        @Override
        public MetricArgument convert(final String text) {
            final int colon = text.indexOf(':');
            try {
                return new MetricArgument(
                        text,
                        colon < 0 ? named(text) : withParameter(text.substring(0, colon), text.substring(colon + 1)));
            } catch (final IllegalArgumentException e) {
                final String reason = e.getMessage() == null ? "" : ": " + e.getMessage();
                throw new TypeConversionException("'" + text + "' is no metric" + reason + ", expected " + EXPECTED);
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

        private static Metric withParameter(final String name, final String parameter) {
            if (name.equals("above")) {
                return Metric.above(parameter);
            }
            if (name.equals("ewma")) {
                return Metric.ewma(new Decay.HalfLife(DurationArgument.parse(parameter)));
            }
            throw new IllegalArgumentException();
        }
    }
}
