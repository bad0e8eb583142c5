package io.tollgate.examples.panel;

import io.tollgate.api.group.GroupMetric;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code weighted}. */
final class GroupMetricArgument implements ITypeConverter<GroupMetric> {
    @Override
    public GroupMetric convert(final String text) {
        return Arrays.stream(GroupMetric.values())
                .filter(metric -> metric.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not a metric, expected one of "
                        + Arrays.stream(GroupMetric.values())
                                .map(GroupMetric::text)
                                .collect(Collectors.joining(", "))));
    }
}
