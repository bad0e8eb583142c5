package io.tollgate.examples.impact.chapter;

import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.examples.impact.data.AddOnRate;
import io.tollgate.examples.impact.data.Hs2Names;
import io.tollgate.examples.impact.data.ImportWeights;
import io.tollgate.examples.impact.data.Section301;
import io.tollgate.examples.impact.data.Section301Lines;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Zone;
import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The share of imports covered by the duties under section 301 and their weight, in total and by chapter. */
public record Section301Chapter(Section301 lists, Section301Lines lines, Hs2Names names) implements Chapter {
    private static final String ID = "s301-coverage";
    private static final String PERCENT = "PERCENT";
    private static final int CHAPTERS = 12;
    private static final double BILLION = 1e9;
    private static final long FROM_NS = Zone.NEW_YORK.startOf(AddOnRate.STUDY_START);
    private static final long TO_NS = Zone.NEW_YORK.startOf(LocalDate.of(2021, 1, 1));
    private static final Source BOTH = Section301Lines.SOURCE.and(ImportWeights.SOURCE);

    /** The requested metric and its unit. */
    private enum Asked {
        COVERAGE(GroupMetric.COVERAGE, "FRACTION"),
        FREQUENCY(GroupMetric.FREQUENCY, "FRACTION"),
        WEIGHTED(GroupMetric.WEIGHTED, PERCENT),
        SIMPLE(GroupMetric.SIMPLE, PERCENT),
        TRI(GroupMetric.TRI, PERCENT);

        private final GroupMetric metric;
        private final String unit;

        Asked(final GroupMetric metric, final String unit) {
            this.metric = metric;
            this.unit = unit;
        }
    }

    @Override
    public Section write(final Inquiry inquiry) {
        final HierarchyReading reading = inquiry.answers().panels().hierarchy(lines.chapters());
        final List<Row> rows = new ArrayList<>();
        for (final long atNs : changes(inquiry)) {
            reading.read(atNs);
            final GroupReading all = reading.node(Hierarchy.ALL);
            final List<String> cells = new ArrayList<>(List.of(Zone.NEW_YORK.format(atNs)));
            for (final Asked asked : Asked.values()) {
                cells.add(noted(inquiry, "tariff.US.CN.s301.lines", asked, atNs, all));
            }
            rows.add(new Row(cells, true));
        }
        final GroupReading all = reading.node(Hierarchy.ALL);
        final LocalDate last = Zone.NEW_YORK.dateOf(all.atNs());
        inquiry.findings()
                .highlight(
                        "Imports under section 301 duties",
                        Amount.of(all, GroupMetric.COVERAGE, "FRACTION").percent(1) + "%",
                        "of the imports from China of 2024 with a known duty, on lists in force on "
                                + last
                                + ", assuming that no product is excluded; trade restrictiveness "
                                + Amount.of(all, GroupMetric.TRI, PERCENT).fixed(2) + "%");
        final double known = all.value(GroupMetric.COVERED_SHARE);
        final Table table = new Table(
                "Coverage and restrictiveness after each change of a list",
                List.of(
                        Column.text("In force from (New York)"),
                        Column.number("Coverage, % of imports"),
                        Column.number("Frequency, % of lines"),
                        Column.number("Weighted, %"),
                        Column.number("Simple, %"),
                        Column.number("TRI, %")),
                rows,
                Numbers.fixed(all.memberCount(), 0) + " lines of 8 digits with imports in 2024, with constant"
                        + " weights. Lists as of today: lines that the four-year review removed from a list are"
                        + " unknown and left out, so "
                        + Numbers.fixed(known * 100, 1)
                        + "% of the imports are known. Exclusions of single products are not in the data, so all"
                        + " numbers are upper bounds. TRI: the uniform duty with the same weight, the root of the"
                        + " weighted mean of squares. Sources "
                        + inquiry.sources().cite(Section301Lines.SOURCE) + " "
                        + inquiry.sources().cite(ImportWeights.SOURCE) + ".");
        final List<String> largest = largest(reading);
        return new Section(
                ID,
                "Reach of section 301",
                "The share of trade on the lists, and their weight as one duty on all goods. Every number is a sum"
                        + " over the lines, in total or by chapter.",
                List.of(table, byChapter(inquiry, reading, largest, last)),
                List.of(chart(inquiry, reading, largest, last)));
    }

    /** Returns the instants at which the duty of a list changes. */
    private Set<Long> changes(final Inquiry inquiry) {
        final Set<Long> changes = new TreeSet<>();
        lists.lists()
                .forEach(list -> inquiry.answers()
                        .steps(list.rate(), FROM_NS, TO_NS)
                        .forEach(step -> changes.add(step.timeNs())));
        changes.remove(FROM_NS);
        return changes;
    }

    private static String noted(
            final Inquiry inquiry, final String series, final Asked asked, final long atNs, final GroupReading node) {
        final Amount amount = Amount.of(node, asked.metric, asked.unit);
        inquiry.findings().add(MetricRow.at(ID, series, asked.metric.text(), atNs, amount, BOTH));
        return asked.unit.equals("FRACTION") ? amount.percent(1) : amount.fixed(2);
    }

    private static List<String> largest(final HierarchyReading reading) {
        return reading.nodes().stream()
                .filter(node -> !node.equals(Hierarchy.ALL))
                .sorted(Comparator.comparingDouble(node -> -reading.node(node).value(GroupMetric.COVERED)))
                .limit(CHAPTERS)
                .toList();
    }

    private Table byChapter(
            final Inquiry inquiry, final HierarchyReading reading, final List<String> chapters, final LocalDate date) {
        final List<Row> rows = new ArrayList<>();
        for (final String chapter : chapters) {
            final GroupReading node = reading.node(chapter);
            final List<String> cells = new ArrayList<>(List.of(
                    names.cell(chapter),
                    Numbers.fixed(node.value(GroupMetric.COVERED) / BILLION, 1),
                    Amount.of(node, GroupMetric.COVERED_SHARE, "FRACTION").percent(1)));
            for (final Asked asked : List.of(Asked.COVERAGE, Asked.WEIGHTED, Asked.TRI)) {
                cells.add(noted(inquiry, "tariff.US.CN.s301.lines." + chapter, asked, node.atNs(), node));
            }
            rows.add(new Row(cells, true));
        }
        return new Table(
                "Imports of 2024 on lists in force on " + date + ", the " + CHAPTERS + " largest chapters",
                List.of(
                        Column.text("Chapter (HS2)"),
                        Column.number("Imports known, USD bn"),
                        Column.number("Known, %"),
                        Column.number("Coverage, %"),
                        Column.number("Weighted, %"),
                        Column.number("TRI, %")),
                rows,
                "Coverage of the known imports of the chapter, assuming that no product is excluded: an upper bound."
                        + " Known:"
                        + " the share of its imports with a known duty. Names: "
                        + inquiry.sources().cite(Hs2Names.SOURCE) + ".");
    }

    private BarChart chart(
            final Inquiry inquiry, final HierarchyReading reading, final List<String> chapters, final LocalDate date) {
        return new BarChart(
                "s301-chapters",
                "Duty under section 301 by chapter: imports of 2024 on lists in force on " + date,
                "percent by chapter of the Harmonized System",
                chapters.stream().map(names::onAxis).toList(),
                List.of(
                        new BarChart.Bars("weighted average", 0, values(reading, chapters, GroupMetric.WEIGHTED)),
                        new BarChart.Bars("trade restrictiveness", 1, values(reading, chapters, GroupMetric.TRI))),
                List.of(new BarChart.Level(
                        "all goods: "
                                + Numbers.fixed(reading.node(Hierarchy.ALL).value(GroupMetric.WEIGHTED), 1) + "%",
                        reading.node(Hierarchy.ALL).value(GroupMetric.WEIGHTED))),
                "Lists by line: Budget Lab at Yale, tariff-rate-tracker "
                        + inquiry.sources().cite(Section301Lines.SOURCE)
                        + "; imports of 2024: US Census, via trade-war-redux-2025 "
                        + inquiry.sources().cite(ImportWeights.SOURCE));
    }

    private static List<Double> values(
            final HierarchyReading reading, final List<String> nodes, final GroupMetric metric) {
        return nodes.stream().map(node -> reading.node(node).value(metric)).toList();
    }
}
