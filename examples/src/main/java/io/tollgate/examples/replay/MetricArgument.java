package io.tollgate.examples.replay;

import io.tollgate.api.BasicMetric;
import io.tollgate.api.Metric;
import java.util.Arrays;
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
            Arrays.stream(BasicMetric.values()).map(Metric::text).collect(Collectors.joining(", ")) + " or above:X";

    /** Reads {@code mean} or {@code above:25}. */
    static final class Converter implements ITypeConverter<MetricArgument> {
        @Override
        public MetricArgument convert(final String text) {
            final int colon = text.indexOf(':');
            try {
                return new MetricArgument(
                        text,
                        colon < 0 ? basic(text) : withParameter(text.substring(0, colon), text.substring(colon + 1)));
            } catch (final IllegalArgumentException e) {
                final String reason = e.getMessage() == null ? "" : ": " + e.getMessage();
                throw new TypeConversionException("'" + text + "' is no metric" + reason + ", expected " + EXPECTED);
            }
        }

        private static Metric basic(final String name) {
            return Arrays.stream(BasicMetric.values())
                    .filter(metric -> metric.text().equals(name))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        }

        private static Metric withParameter(final String name, final String parameter) {
            if (name.equals("above")) {
                return Metric.above(parameter);
            }
            throw new IllegalArgumentException();
        }
    }
}
