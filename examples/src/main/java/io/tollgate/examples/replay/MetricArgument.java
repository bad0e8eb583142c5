package io.tollgate.examples.replay;

import io.tollgate.api.Metric;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a metric, as {@code mean}. */
final class MetricArgument implements ITypeConverter<Metric> {
    @Override
    public Metric convert(final String text) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no metric, expected "
                        + Arrays.stream(Metric.values()).map(Metric::text).collect(Collectors.joining(", "))));
    }
}
