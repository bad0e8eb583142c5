package io.tollgate.api.read;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of metrics, and suggestions for unknown names. */
final class MetricNames {
    private static final String[] WITH_PARAMETER = {
        "quantile",
        "above",
        "below",
        "volatility",
        "ewma",
        "cusum",
        "cusum-alarms",
        "since-cusum-alarm",
        "ratio-to",
        "poisson-z"
    };

    /** Names that other programs use for these metrics. */
    private static final Map<String, String> SYNONYMS = Map.of(
            "avg", "mean",
            "average", "mean",
            "std", "sd",
            "stdev", "sd",
            "stddev", "sd",
            "var", "variance",
            "total", "sum",
            "n", "count",
            "return", "relative");

    private MetricNames() {}

    private static Stream<String> all() {
        return Stream.of(
                        Arrays.stream(BasicMetric.values()).map(BasicMetric::text),
                        Stream.of("median"),
                        Arrays.stream(WITH_PARAMETER))
                .flatMap(names -> names);
    }

    static boolean has(final String name) {
        return all().anyMatch(name::equals);
    }

    /** Lists the valid names for a message about an unknown one, the nearest name first. */
    static String instead(final String name) {
        final String names = all().collect(Collectors.joining(", ")) + " or p01 to p99";
        return nearest(name.toLowerCase(Locale.ROOT))
                .map(near -> near + ", or another one of " + names)
                .orElse("one of " + names);
    }

    private static Optional<String> nearest(final String name) {
        if (SYNONYMS.containsKey(name)) {
            return Optional.of(SYNONYMS.get(name));
        }
        final int most = Math.min(2, name.length() / 3);
        return all().filter(known -> Math.abs(known.length() - name.length()) <= most)
                .filter(known -> distance(known, name) <= most)
                .min((one, other) -> distance(one, name) - distance(other, name));
    }

    /** Returns the Levenshtein distance: the number of characters to insert, delete or replace. */
    private static int distance(final String one, final String other) {
        int[] before = new int[other.length() + 1];
        Arrays.setAll(before, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            final int[] row = new int[before.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                final int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[other.length()];
    }
}
