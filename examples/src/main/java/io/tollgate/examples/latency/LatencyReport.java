package io.tollgate.examples.latency;

import io.tollgate.examples.report.model.Report;
import io.tollgate.examples.report.model.Report.Highlight;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** The report of the measurement: percentiles of each contender at half of its maximum, and at all rates. */
final class LatencyReport {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};
    private static final double NS_PER_US = 1e3;
    private static final double TAIL = 99.9;

    private LatencyReport() {}

    static Report of(final String workload, final String machine, final List<LoadProfile> profiles) {
        return new Report(
                "Latency, " + workload,
                machine,
                highlights(profiles),
                List.of(headline(profiles), rates(profiles)),
                List.of(),
                "us are microseconds. One thread sends and reads. Compare within a run: another machine, or a busy one,"
                        + " gives other numbers.");
    }

    private static List<Highlight> highlights(final List<LoadProfile> profiles) {
        final Optional<LoadProfile> engine = find(profiles, ContenderName.ENGINE);
        if (engine.isEmpty()) {
            return List.of();
        }
        final long tailNs = tailNs(engine.get());
        final String beside = Stream.of(
                        besides(profiles, ContenderName.FLOOR, tailNs, "the floor's"),
                        besides(profiles, ContenderName.BUSY, tailNs, "that beside a busy core"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return List.of(
                new Highlight("Engine, 99.9% readable within", us(tailNs) + " us", beside),
                new Highlight(
                        "Engine, knee",
                        Math.round(engine.get().knee().sentPerSecond()) + " points/s",
                        engine.get().hasPassedKnee() ? "" : "or more"));
    }

    private static Optional<String> besides(
            final List<LoadProfile> profiles, final ContenderName other, final long tailNs, final String whose) {
        return find(profiles, other)
                .map(profile -> times((double) tailNs / Math.max(1, tailNs(profile))) + " times " + whose);
    }

    private static Optional<LoadProfile> find(final List<LoadProfile> profiles, final ContenderName name) {
        return profiles.stream().filter(profile -> profile.contender() == name).findFirst();
    }

    private static long tailNs(final LoadProfile profile) {
        return profile.headline().latencies().readable().getValueAtPercentile(TAIL);
    }

    private static Section headline(final List<LoadProfile> profiles) {
        final List<Row> rows = new ArrayList<>();
        for (final LoadProfile profile : profiles) {
            final Latencies latencies = profile.headline().latencies();
            rows.add(row(profile.contender().toString(), "readable", latencies.readable()));
            rows.add(row("", "seen", latencies.seen()));
            rows.add(row("", "read", latencies.read()));
        }
        final String at = "at " + profiles.get(0).headline().percent() + " % of each one's maximum";
        final Table table = new Table(
                "us " + at,
                columns(Column.text("who"), Column.text("what")),
                rows,
                "readable: from the instant at which a point should have been offered until readers see it. seen: until"
                        + " metrics with it are read, one window in turn. read: one read alone. busy: the floor, while"
                        + " a thread that does nothing keeps another core busy. updates: the engine, where readable is"
                        + " when the update of a point has been received.");
        return new Section(
                "half",
                "Latency " + at,
                "Points are sent on a schedule that waits for nobody, so a stall counts for every point that was due"
                        + " while it lasted.",
                List.of(table),
                List.of(
                        LatencyCharts.byPercentile(
                                "readable", "Offer to readable " + at, profiles, Latencies::readable),
                        LatencyCharts.byPercentile("seen", "Offer to metrics read " + at, profiles, Latencies::seen),
                        LatencyCharts.byPercentile("read", "Read " + at, profiles, Latencies::read)));
    }

    private static Section rates(final List<LoadProfile> profiles) {
        final List<Row> rows = new ArrayList<>();
        for (final LoadProfile profile : profiles) {
            for (final Run run : profile.runs()) {
                final String mark = profile.hasPassedKnee() && run == profile.knee() ? " knee" : "";
                rows.add(row(
                        (run == profile.runs().get(0) ? profile.contender().toString() : "") + mark,
                        Integer.toString(run.percent()),
                        Long.toString(Math.round(run.sentPerSecond())),
                        run.latencies().readable()));
            }
        }
        final Table table = new Table(
                "us from offer to readable",
                columns(Column.text("who"), Column.number("%"), Column.number("points/s")),
                rows,
                "%: of each one's own maximum. knee: from the next rate on, the 90th percentile is more than ten times"
                        + " that of the slowest rate.");
        return new Section(
                "rates",
                "Rates up to the knee",
                "",
                List.of(table),
                List.of(LatencyCharts.byRate("knee", "99th percentile from offer to readable, by rate", profiles)));
    }

    private static List<Column> columns(final Column... first) {
        return Stream.of(
                        Stream.of(first),
                        DoubleStream.of(PERCENTILES).mapToObj(p -> Column.number("p" + trimmed(p))),
                        Stream.of(Column.number("max")))
                .flatMap(columns -> columns)
                .toList();
    }

    private static Row row(final String first, final String second, final Histogram histogram) {
        return row(Stream.of(first, second), histogram);
    }

    private static Row row(final String first, final String second, final String third, final Histogram histogram) {
        return row(Stream.of(first, second, third), histogram);
    }

    private static Row row(final Stream<String> names, final Histogram histogram) {
        final Stream<String> values = Stream.concat(
                DoubleStream.of(PERCENTILES).mapToObj(p -> us(histogram.getValueAtPercentile(p))),
                Stream.of(us(histogram.getMaxValue())));
        return new Row(Stream.concat(names, values).toList(), true);
    }

    private static String trimmed(final double percentile) {
        return percentile == Math.rint(percentile) ? Long.toString((long) percentile) : Double.toString(percentile);
    }

    private static String us(final long ns) {
        final double us = ns / NS_PER_US;
        return String.format(Locale.ROOT, us < 10 ? "%.2f" : us < 1_000 ? "%.1f" : "%.0f", us);
    }

    private static String times(final double ratio) {
        return String.format(Locale.ROOT, ratio < 10 ? "%.1f" : "%.0f", ratio);
    }
}
