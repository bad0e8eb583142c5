package io.tollgate.examples.impact.chapter;

import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.StepSeries;
import io.tollgate.examples.impact.data.Hs6Tariffs;
import io.tollgate.examples.impact.data.Hs6Tariffs.Moment;
import io.tollgate.examples.impact.data.ImportWeights;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.finding.WeightedAverage;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Zone;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.StepChart;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The average tariff over all products, from the series of each product: 2018 to 2020, in both directions. */
public record Hs6Chapter(Hs6Tariffs onChina, ImportWeights imports, Hs6Tariffs onUnitedStates) implements Chapter {
    private static final String ID = "hs6";
    private static final String PERCENT = "PERCENT";
    private static final int SCALE = 6;
    private static final double BILLION = 1e9;
    private static final long TO_NS = Zone.NEW_YORK.startOf(LocalDate.of(2020, 6, 15));

    /** The averages at one instant. */
    private record Average(Moment moment, WeightedAverage weighted, WeightedAverage simple, int changedCount) {
        long atNs() {
            return moment.atNs();
        }

        /** Returns the source of numbers computed from these rates and the time of day at which they took effect. */
        Source source(final Source rates) {
            return new Source(rates.text(), rates.verification().and(moment.verification()));
        }

        Row row(final String... cells) {
            return new Row(List.of(cells), moment.verification().isVerified());
        }
    }

    @Override
    public Section write(final Inquiry inquiry) {
        final Map<String, Long> weights = imports.read(inquiry.answers());
        final List<Average> us = new ArrayList<>();
        onChina.moments().forEach(moment -> us.add(average(inquiry, onChina, weights, moment)));
        final List<Average> china = new ArrayList<>();
        onUnitedStates.moments().forEach(moment -> china.add(average(inquiry, onUnitedStates, Map.of(), moment)));
        final Average last = us.get(us.size() - 1);
        inquiry.findings()
                .highlight(
                        "US tariff on China, import-weighted",
                        last.weighted().value(PERCENT).fixed(2) + "%",
                        "from " + us.get(0).weighted().value(PERCENT).fixed(2) + "% on 1 January 2018 to "
                                + Zone.NEW_YORK.dateOf(last.atNs()) + "; imports of 2024 as weights");
        return new Section(
                ID,
                "All products, 2018 to 2020",
                "The tariff of each side on each of more than 5000 products (HS6: most-favoured-nation rate plus the"
                        + " duties of the trade war), averaged at each instant at which any of them changed.",
                List.of(usTable(inquiry, us, weights), chinaTable(inquiry, china)),
                List.of(chart(inquiry, us, china)));
    }

    /** Returns the averages over the codes with a weight, and over all codes equally. */
    private static Average average(
            final Inquiry inquiry, final Hs6Tariffs tariffs, final Map<String, Long> weights, final Moment moment) {
        final WeightedAverage weighted = new WeightedAverage(SCALE);
        final WeightedAverage simple = new WeightedAverage(SCALE);
        int changedCount = 0;
        for (final Map.Entry<String, StepSeries> entry : tariffs.series().entrySet()) {
            final LevelReading level = inquiry.answers().level(entry.getValue(), moment.atNs());
            final long weight = weights.getOrDefault(entry.getKey(), 0L);
            if (level.status().hasValue()) {
                weighted.add(weight, level.scaledValue());
                simple.add(1, level.scaledValue());
            } else {
                weighted.addUnknown(weight);
                simple.addUnknown(1);
            }
            if (level.sinceNs() == moment.atNs()) {
                changedCount++;
            }
        }
        weights.forEach((code, weight) -> {
            if (!tariffs.series().containsKey(code)) {
                weighted.addUnknown(weight);
            }
        });
        return new Average(moment, weighted, simple, changedCount);
    }

    private Table usTable(final Inquiry inquiry, final List<Average> averages, final Map<String, Long> weights) {
        final Source source = new Source(
                onChina.source().text() + "; " + ImportWeights.SOURCE.text(),
                onChina.source().verification().and(ImportWeights.SOURCE.verification()));
        final List<Row> rows = new ArrayList<>();
        for (final Average average : averages) {
            final WeightedAverage weighted = average.weighted();
            final Amount covered = Amount.ratio(weighted.coveredWeight(), weighted.totalWeight());
            add(inquiry, "tariff.US.CN.hs6", "weighted-average", average, weighted.value(PERCENT), source);
            add(
                    inquiry,
                    "tariff.US.CN.hs6",
                    "covered-weight",
                    average,
                    Amount.of(weighted.coveredWeight(), "USD"),
                    source);
            add(inquiry, "tariff.US.CN.hs6", "covered-share", average, covered, source);
            add(
                    inquiry,
                    "tariff.US.CN.hs6",
                    "simple-average",
                    average,
                    average.simple().value(PERCENT),
                    onChina.source());
            rows.add(average.row(
                    Zone.NEW_YORK.format(average.atNs()),
                    weighted.value(PERCENT).fixed(4),
                    Numbers.fixed(weighted.coveredWeight() / BILLION, 1),
                    covered.percent(1),
                    average.simple().value(PERCENT).fixed(4),
                    Numbers.fixed(average.simple().knownCount(), 0),
                    Numbers.fixed(average.changedCount(), 0)));
        }
        final String largest = weights.entrySet().stream()
                .filter(entry -> !onChina.series().containsKey(entry.getKey()))
                .max(Map.Entry.comparingByValue())
                .map(entry -> "the largest, " + entry.getKey() + ", has USD "
                        + Numbers.fixed(entry.getValue() / BILLION, 1) + "bn")
                .orElse("there is none");
        return new Table(
                "US tariff on goods from China",
                List.of(
                        Column.text("From (New York)"),
                        Column.number("Weighted, %"),
                        Column.number("Covered, USD bn"),
                        Column.number("Covered, %"),
                        Column.number("Simple, %"),
                        Column.number("Known"),
                        Column.number("Changed")),
                rows,
                "Weighted: sum(w t) / sum(w) over the codes with a known rate; w are the imports of 2024 (customs"
                        + " value of the year's HS10 lines, summed to HS6). Other codes are dropped and the weights"
                        + " renormalised. Covered: the imports under codes with a known rate. Codes of 2024 that"
                        + " are missing in the rates of 2018 are"
                        + " not covered: " + largest
                        + ". The file dates the rise of list 3 on 2019-06-01, by law it was"
                        + " 2019-05-10. Sources " + inquiry.sources().cite(onChina.source()) + " "
                        + inquiry.sources().cite(ImportWeights.SOURCE) + ".");
    }

    private Table chinaTable(final Inquiry inquiry, final List<Average> averages) {
        final List<Row> rows = new ArrayList<>();
        for (final Average average : averages) {
            final WeightedAverage simple = average.simple();
            add(inquiry, "tariff.CN.US.hs6", "simple-average", average, simple.value(PERCENT), onUnitedStates.source());
            rows.add(average.row(
                    Zone.SHANGHAI.format(average.atNs()),
                    simple.value(PERCENT).fixed(4),
                    Numbers.fixed(simple.knownCount(), 0),
                    Numbers.fixed(simple.totalWeight() - simple.knownCount(), 0),
                    Numbers.fixed(average.changedCount(), 0)));
        }
        return new Table(
                "Chinese tariff on goods from the US",
                List.of(
                        Column.text("From (Shanghai)"),
                        Column.number("Simple average, %"),
                        Column.number("Known"),
                        Column.number("Unknown"),
                        Column.number("Changed")),
                rows,
                "The mean over the codes with a known rate at the instant; PARTIAL in metrics.csv if some are"
                        + " unknown. The file has dates only: retaliation counts from the timeline's instant of"
                        + " that day (if that is from memory, the row is unverified), other changes from 00:00."
                        + " Source "
                        + inquiry.sources().cite(onUnitedStates.source()) + ".");
    }

    private static void add(
            final Inquiry inquiry,
            final String series,
            final String metric,
            final Average average,
            final Amount amount,
            final Source source) {
        inquiry.findings().add(MetricRow.at(ID, series, metric, average.atNs(), amount, average.source(source)));
    }

    private StepChart chart(final Inquiry inquiry, final List<Average> us, final List<Average> china) {
        final List<StepChart.Point> weighted = new ArrayList<>();
        us.forEach(a -> weighted.add(
                new StepChart.Point(a.atNs(), a.weighted().value(PERCENT).value())));
        final List<StepChart.Point> simple = new ArrayList<>();
        china.forEach(a -> simple.add(
                new StepChart.Point(a.atNs(), a.simple().value(PERCENT).value())));
        return new StepChart(
                "hs6-averages",
                "Average tariffs, 2018 to 2020",
                "% of value",
                List.of(
                        new StepChart.Line(
                                "US on China, weighted by imports of 2024",
                                0,
                                StepChart.LineStyle.SOLID,
                                weighted,
                                TO_NS),
                        new StepChart.Line(
                                "China on the US, simple average", 1, StepChart.LineStyle.SOLID, simple, TO_NS)),
                List.of(),
                List.of(),
                "Rates: Mike Waugh, tradewar-tracker " + inquiry.sources().cite(onChina.source()) + " "
                        + inquiry.sources().cite(onUnitedStates.source())
                        + "; weights: US Census, via trade-war-redux-2025 "
                        + inquiry.sources().cite(ImportWeights.SOURCE));
    }
}
