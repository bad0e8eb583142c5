package io.tollgate.examples.impact;

import io.tollgate.api.Concordance;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.GroupReading;
import io.tollgate.api.Hierarchy;
import io.tollgate.api.HierarchyReading;
import io.tollgate.api.Recoding;
import io.tollgate.api.Recoding.Part;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Share;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.examples.report.BarChart;
import io.tollgate.examples.report.Section;
import io.tollgate.examples.report.Table;
import io.tollgate.examples.report.Table.Column;
import io.tollgate.examples.report.Table.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The US tariff on goods from China by chapter, weighted with the imports of 2024. The rates are in codes of HS 2017,
 * the weights in those of HS 2022: where an edition divided a code, its rate answers for the new ones.
 *
 * @param rates    by code of HS 2017.
 * @param imports  by code of HS 2022.
 * @param chapters the codes by their first two digits.
 */
record Hs2Chapter(Hs6Tariffs rates, ImportWeights imports, Hierarchy chapters) implements Chapter {
    private static final String ID = "hs2";
    private static final String PERCENT = "PERCENT";
    private static final int CHAPTERS = 15;
    private static final int CHAPTER_DIGITS = 2;
    private static final int SCALE = 6;
    private static final double BILLION = 1e9;

    /**
     * Divisions of HS 2022 that meet the largest imports: mobile telephones into smartphones and others, photosensitive
     * devices and LEDs into four. They hold from the beginning here, as the weights of 2024 are those of all times. The
     * new codes have weights of their own, so the shares, which no source gives, have no effect.
     */
    private static final Map<String, List<String>> DIVIDED_IN_HS_2022 = Map.of(
            "851712", List.of("851713", "851714"),
            "854140", List.of("854141", "854142", "854143", "854149"));

    private static final Source DIVISIONS = new Source(
            "HS 2022 divided 8517.12 and 8541.40 of HS 2017: WCO correlation tables, from memory", Verification.MEMORY);

    static Hs2Chapter of(final Feed feed, final Sources sources, final Hs6Tariffs rates, final ImportWeights imports) {
        final Map<String, StepSeries> weights = new HashMap<>(imports.byHs6());
        final long startNs = Zone.NEW_YORK.startOf(AddOnRate.STUDY_START);
        final List<Recoding> recodings = new ArrayList<>();
        DIVIDED_IN_HS_2022.forEach((old, codes) -> {
            weights.computeIfAbsent(
                    old,
                    code -> ImportWeights.level(
                            feed, "weight.US.CN.hs6." + code, 0, sources.number(ImportWeights.SOURCE)));
            recodings.add(new Recoding(
                    startNs,
                    old,
                    codes.stream()
                            .map(code -> new Part(code, Share.of(1, codes.size())))
                            .toList()));
        });
        final List<String> codes =
                rates.series().keySet().stream().filter(weights::containsKey).toList();
        final List<GroupMember> members = new ArrayList<>(new Concordance(recodings)
                .members(
                        codes,
                        code -> Optional.ofNullable(rates.series().get(code)),
                        code -> Optional.ofNullable(weights.get(code))));
        final Set<String> answered = members.stream().map(GroupMember::code).collect(Collectors.toSet());
        final StepSeries unknown = feed.step(SeriesDefinition.step("tariff.US.CN.hs6-unknown", Unit.PERCENT, SCALE));
        weights.forEach((code, weight) -> {
            if (!answered.contains(code)) {
                members.add(GroupMember.of(unknown, weight).withCode(code));
            }
        });
        final Group group = Group.of(members);
        return new Hs2Chapter(rates, imports, Hierarchy.byPrefix(group, CHAPTER_DIGITS));
    }

    @Override
    public Section write(final Inquiry inquiry) {
        final List<Long> instants = List.of(
                Zone.NEW_YORK.lastSecondOf(LocalDate.of(2018, 1, 1)),
                Zone.NEW_YORK.lastSecondOf(LocalDate.of(2018, 9, 24)),
                Zone.NEW_YORK.lastSecondOf(LocalDate.of(2019, 9, 1)),
                Zone.NEW_YORK.lastSecondOf(LocalDate.of(2020, 2, 14)));
        final HierarchyReading reading = inquiry.answers().panels().newReading(chapters);
        final List<Map<String, Amount>> averages = new ArrayList<>();
        for (final long atNs : instants) {
            inquiry.answers().panels().read(atNs, reading);
            averages.add(averages(inquiry, reading, atNs));
        }
        final List<String> largest = reading.nodes().stream()
                .sorted(Comparator.comparingDouble(node -> -reading.node(node).value(GroupMetric.COVERED)))
                .limit(CHAPTERS + 1)
                .toList();
        return new Section(
                ID,
                "Weighted averages by chapter",
                "The same rates as above by chapter of the Harmonized System. Weights are in the edition of 2022 and"
                        + " rates"
                        + " in that of 2017: a concordance lets the rate of mobile telephones answer for smartphones,"
                        + " the largest import of all.",
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
        final List<Column> columns = new ArrayList<>(List.of(Column.text("HS2"), Column.number("Covered, USD bn")));
        instants.forEach(
                atNs -> columns.add(Column.number(Zone.NEW_YORK.dateOf(atNs).toString())));
        columns.add(Column.number("Covered, %"));
        final List<Row> rows = new ArrayList<>();
        for (final String node : nodes) {
            final GroupReading last = reading.node(node);
            final List<String> cells = new ArrayList<>(List.of(
                    node.isEmpty() ? "all" : node, Numbers.fixed(last.value(GroupMetric.COVERED) / BILLION, 1)));
            averages.forEach(moment -> cells.add(moment.get(node).fixed(2)));
            cells.add(Amount.of(last, GroupMetric.COVERED_SHARE, "FRACTION").percent(1));
            rows.add(new Row(cells, true));
        }
        return new Table(
                "US tariff on goods from China, import-weighted, %: all and the " + CHAPTERS + " largest chapters",
                columns,
                rows,
                "At the end of the day in New York. Covered: the share of the chapter's imports whose rate is known"
                        + " on the last date, with those that a division of HS 2022 leads to (8517.12, 8541.40) "
                        + inquiry.sources().cite(DIVISIONS) + ";"
                        + " "
                        + Numbers.fixed(reading.node(Hierarchy.ALL).value(GroupMetric.COVERED) / BILLION, 1)
                        + " of USD bn " + Numbers.fixed(total / BILLION, 1) + " in all. Sources "
                        + inquiry.sources().cite(rates.source()) + " "
                        + inquiry.sources().cite(ImportWeights.SOURCE) + ".");
    }

    private BarChart chart(final Inquiry inquiry, final List<String> nodes, final List<Map<String, Amount>> averages) {
        final List<BarChart.Bars> bars =
                List.of(bars("2018-01-01", 0, nodes, averages.get(0)), bars("2020-02-14", 1, nodes, averages.get(3)));
        final double all = averages.get(3).get(Hierarchy.ALL).value();
        return new BarChart(
                "hs2-averages",
                "US tariff on goods from China by chapter",
                "percent, weighted with the imports of 2024",
                nodes,
                bars,
                List.of(new BarChart.Level("all goods in 2020: " + Numbers.fixed(all, 1) + "%", all)),
                "Rates " + inquiry.sources().cite(rates.source()) + ", imports "
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
