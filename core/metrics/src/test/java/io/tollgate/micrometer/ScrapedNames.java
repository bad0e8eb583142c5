package io.tollgate.micrometer;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of meters in the text format of Prometheus. */
final class ScrapedNames {
    /** All names of the meters of an engine with a data directory. */
    static final Set<String> EXPECTED = new TreeSet<>(Set.of(
            "tollgate_applied_points_total",
            "tollgate_back_pressured_offers_total",
            "tollgate_batches_total",
            "tollgate_checkpoints_total",
            "tollgate_contended_reads_total",
            "tollgate_disk_usable_bytes",
            "tollgate_ignored_points_total",
            "tollgate_late_points_total",
            "tollgate_log_deleted_segments_total",
            "tollgate_off_heap_bytes",
            "tollgate_refused_points_total",
            "tollgate_revised_points_total",
            "tollgate_ring_capacity_bytes",
            "tollgate_ring_used_bytes",
            "tollgate_running",
            "tollgate_series",
            "tollgate_stalls_total",
            "tollgate_unchanged_points_total",
            "tollgate_withdrawn_points_total"));

    private static final Pattern NAME = Pattern.compile("\\btollgate_\\w+");

    private ScrapedNames() {}

    /** The names in the samples of a scrape, or in queries. */
    static Set<String> of(final String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> NAME.matcher(line).results())
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
