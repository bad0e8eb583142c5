package io.tollgate.examples.impact.chapter;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.examples.impact.data.Hs2Names;
import io.tollgate.examples.impact.data.Hs6Tariffs;
import io.tollgate.examples.impact.data.ImportWeights;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Zone;
import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The US tariff on goods from China by chapter, weighted with the imports of 2024. Rates use codes of HS 2017 and
 * weights those of HS 2022. No source maps all codes from one to the other; unmapped codes are not covered.
 *
 * @param rates    by code of HS 2017.
 * @param imports  by code of HS 2022.
 * @param chapters the codes by their first two digits.
 * @param names    of the chapters.
 */
public record Hs2Chapter(Hs6Tariffs rates, ImportWeights imports, Hierarchy chapters, Hs2Names names)
        implements Chapter {
    private static final String ID = "hs2";
    private static final String PERCENT = "PERCENT";
    private static final int CHAPTERS = 15;
    private static final int CHAPTER_DIGITS = 2;
    private static final int SCALE = 6;
    private static final double BILLION = 1e9;

    public static Hs2Chapter of(
            final Feed feed, final Hs6Tariffs rates, final ImportWeights imports, final Hs2Names names) {
        final StepSeries unknown = feed.step(SeriesDefinition.step("tariff.US.CN.hs6-unknown", Unit.PERCENT, SCALE));
        final List<GroupMember> members = new ArrayList<>();
        imports.byHs6()
                .forEach((code, weight) ->
                        members.add(GroupMember.of(rates.series().getOrDefault(code, unknown), weight)
                                .withCode(code)));
        return new Hs2Chapter(rates, imports, Hierarchy.byPrefix(Group.of(members), CHAPTER_DIGITS), names);
    }

    @Override
    public Section write(final Inquiry inquiry) {
        final List<Long> instants = List.of(
                Zone.NEW_YORK.lastSecondOf(LocalDate.of(2018, 1, 1)),
                Zone.NEW_YORK.lastSecondOf(LocalDate.of(2018, 9, 24)),
                Zone.NEW_YORK.lastSecondOf(LocalDate.of(2019, 9, 1)),
                Zone.NEW_YORK.lastSecondOf(LocalDate.of(2020, 2, 14)));
        final HierarchyReading reading = inquiry.answers().panels().hierarchy(chapters);
        final List<Map<String, Amount>> averages = new ArrayList<>();
        for (final long atNs : instants) {
            reading.read(atNs);
            averages.add(averages(inquiry, reading, atNs));
        }
        final List<String> largest = reading.nodes().stream()
                .sorted(Comparator.comparingDouble(node -> -reading.node(node).value(GroupMetric.COVERED)))
                .limit(CHAPTERS + 1)
                .toList();
        return new Section(
                ID,
                "Weighted averages by chapter",
                "The same rates as above by chapter of the Harmonized System. Weights use the edition of 2022,"
                        + " rates that of 2017. No available source maps codes that were divided, so imports under"
                        + " new codes, such as smartphones (8517.13), are not covered: read the last column before"
                        + " you use an average.",
                List.of(table(inquiry, reading, largest, instants, averages)),
                List.of(chart(inquiry, largest.subList(1, largest.size()), averages)));
    }

    private Map<String, Amount> averages(final Inquiry inquiry, final HierarchyReading reading, final long atNs) {
        final Map<String, Amount> averages = new HashMap<>();
        for (final String node : reading.nodes()) {
            final Amount average = Amount.of(reading.node(node), GroupMetric.WEIGHTED, PERCENT);
            averages.put(node, average);
            final String series = "tariff.US.CN.hs2." + (node.isEmpty() ? "all" : node);
            inquiry.findings().add(MetricRow.at(ID, series, "weighted", atNs, average, rates.source()));
        }
        return averages;
    }

    private Table table(
            final Inquiry inquiry,
            final HierarchyReading reading,
            final List<String> nodes,
            final List<Long> instants,
            final List<Map<String, Amount>> averages) {
        final double total = imports.read(inquiry.answers()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        final List<Column> columns =
                new ArrayList<>(List.of(Column.text("Chapter (HS2)"), Column.number("Covered, USD bn")));
        instants.forEach(
                atNs -> columns.add(Column.number(Zone.NEW_YORK.dateOf(atNs).toString())));
        columns.add(Column.number("Covered, %"));
        final List<Row> rows = new ArrayList<>();
        for (final String node : nodes) {
            final GroupReading last = reading.node(node);
            final List<String> cells = new ArrayList<>(List.of(
                    node.isEmpty() ? "all" : names.cell(node),
                    Numbers.fixed(last.value(GroupMetric.COVERED) / BILLION, 1)));
            averages.forEach(moment -> cells.add(moment.get(node).fixed(2)));
            cells.add(Amount.of(last, GroupMetric.COVERED_SHARE, "FRACTION").percent(1));
            rows.add(new Row(cells, true));
        }
        return new Table(
                "US tariff on goods from China, import-weighted, %: all and the " + CHAPTERS + " largest chapters",
                columns,
                rows,
                "At the end of the day in New York. Covered: the share of the chapter's imports whose rate is known"
                        + " on the last date; "
                        + Numbers.fixed(reading.node(Hierarchy.ALL).value(GroupMetric.COVERED) / BILLION, 1)
                        + " of USD bn " + Numbers.fixed(total / BILLION, 1) + " in all. Sources "
                        + inquiry.sources().cite(rates.source()) + " "
                        + inquiry.sources().cite(ImportWeights.SOURCE) + " "
                        + inquiry.sources().cite(Hs2Names.SOURCE) + ".");
    }

    private BarChart chart(final Inquiry inquiry, final List<String> nodes, final List<Map<String, Amount>> averages) {
        final List<BarChart.Bars> bars =
                List.of(bars("2018-01-01", 0, nodes, averages.get(0)), bars("2020-02-14", 1, nodes, averages.get(3)));
        final double all = averages.get(3).get(Hierarchy.ALL).value();
        return new BarChart(
                "hs2-averages",
                "US tariff on goods from China by chapter",
                "percent by chapter of the Harmonized System, weighted with the imports of 2024",
                nodes.stream().map(names::onAxis).toList(),
                bars,
                List.of(new BarChart.Level("all goods in 2020: " + Numbers.fixed(all, 1) + "%", all)),
                "Rates: Mike Waugh, tradewar-tracker "
                        + inquiry.sources().cite(rates.source())
                        + "; weights: US Census, via trade-war-redux-2025 "
                        + inquiry.sources().cite(ImportWeights.SOURCE));
    }

    private static BarChart.Bars bars(
            final String name, final int colour, final List<String> nodes, final Map<String, Amount> averages) {
        return new BarChart.Bars(
                name,
                colour,
                nodes.stream().map(node -> averages.get(node).value()).toList());
    }
}
