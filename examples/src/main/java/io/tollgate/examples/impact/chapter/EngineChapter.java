package io.tollgate.examples.impact.chapter;

import io.tollgate.api.admin.EngineStatistics;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Statistics of the engine for this study.
 *
 * @param statistics of the engine.
 * @param feed       with the counts of published points.
 */
public record EngineChapter(EngineStatistics statistics, Feed feed) implements Chapter {
    private static final double BYTES_PER_MIB = 1 << 20;

    @Override
    public Section write(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>(List.of(
                Row.of("Series", Numbers.fixed(statistics.seriesCount(), 0)),
                Row.of("Points published", Numbers.fixed(feed.publishedCount(), 0)),
                Row.of("Points applied", Numbers.fixed(statistics.appliedCount(), 0)),
                Row.of("Revisions among them", Numbers.fixed(statistics.revisedCount(), 0)),
                Row.of("Late ones among them, after a later point", Numbers.fixed(statistics.lateCount(), 0)),
                Row.of("Points/s, from offer to applied", Numbers.fixed(feed.pointsPerSecond(), 0)),
                Row.of("Off-heap, bytes", Numbers.fixed(statistics.offHeapBytes(), 0)),
                Row.of("Off-heap, MiB", Numbers.fixed(statistics.offHeapBytes() / BYTES_PER_MIB, 1)),
                Row.of("Repeated offers after back pressure", Numbers.fixed(feed.retryCount(), 0)),
                Row.of("Reads that failed as CONTENDED", Numbers.fixed(statistics.contendedCount(), 0))));
        rows.add(Row.of("Refusals by reason", refusals()));
        return new Section(
                "engine",
                "Statistics of the engine",
                "Every level, sum and average over time above was read from the engine. The averages over products"
                        + " are exact sums of its levels and weights.",
                List.of(new Table(
                        "One engine, in memory",
                        List.of(Column.text("What"), Column.number("Value")),
                        rows,
                        "Points/s: one producer, one run, in a JVM that has just started. This is not a benchmark"
                                + " of the engine.")),
                List.of());
    }

    /** Returns two lines for the end of the terminal output. */
    public String summary() {
        return String.format(
                        Locale.ROOT,
                        "Engine: %,d points in %,d series, %,.0f points/s, ",
                        statistics.appliedCount(),
                        statistics.seriesCount(),
                        feed.pointsPerSecond())
                + Numbers.fixed(statistics.offHeapBytes() / BYTES_PER_MIB, 1) + " MiB off-heap\nRefused: " + refusals();
    }

    private String refusals() {
        return statistics.refusedCounts().isEmpty() ? "none" : new TreeMap<>(statistics.refusedCounts()).toString();
    }
}
