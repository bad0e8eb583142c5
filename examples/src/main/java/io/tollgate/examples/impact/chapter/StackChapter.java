package io.tollgate.examples.impact.chapter;

import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.panel.StackReading;
import io.tollgate.api.series.Instants;
import io.tollgate.examples.impact.data.CollectedDuties;
import io.tollgate.examples.impact.data.Hs6Tariffs;
import io.tollgate.examples.impact.data.ImportWeights;
import io.tollgate.examples.impact.data.StackedProducts;
import io.tollgate.examples.impact.data.StackedProducts.Product;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.impact.source.Zone;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.StepChart;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The US duty on single products from China, layer by layer, at the important dates, and as it was known at the time.
 */
public record StackChapter(StackedProducts stacked, CollectedDuties collected) implements Chapter {
    private static final String ID = "stack";
    private static final String PERCENT = "PERCENT";
    private static final long CENTS = 1_000_000;
    /** From the next day on, section 122 is in force, and no source says which products it covers. */
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 2, 23);

    private static final int[] ALL_LAYERS = {0, 1, 2, 3, 4, 5, 6, 7};
    private static final String ENDS = "The timeline ends on 20 February 2026. No available source says whether a"
            + " product bears section 122, or what followed it.";
    private static final List<LocalDate> DATES = List.of(
            LocalDate.of(2018, 1, 1),
            LocalDate.of(2020, 2, 14),
            LocalDate.of(2025, 3, 4),
            LocalDate.of(2025, 4, 10),
            LocalDate.of(2025, 5, 14),
            Timeline.LONDON_TALKS,
            LocalDate.of(2025, 11, 10),
            LAST_DAY);

    /**
     * The layers in the order of the table. The layers of section 301 are one row, and so are a duty and its exemption.
     */
    private enum Shown {
        BASE(0),
        S301(1, 2),
        S232(3),
        FENTANYL(4),
        RECIPROCAL(5, 6);

        private final int[] layers;

        Shown(final int... layers) {
            this.layers = layers;
        }

        double of(final StackReading reading) {
            double rate = 0;
            for (final int layer : layers) {
                rate += reading.rate(layer);
            }
            return rate;
        }
    }

    @Override
    public Section write(final Inquiry inquiry) {
        final List<Table> tables = new ArrayList<>();
        final List<StepChart.Line> lines = new ArrayList<>();
        for (final Product product : stacked.products()) {
            final StackReading reading = inquiry.answers().panels().stack(product.stack());
            tables.add(table(inquiry, product, reading));
            lines.add(line(inquiry, product, reading, lines.size()));
        }
        tables.add(believed(inquiry));
        tables.add(collected(inquiry));
        return new Section(
                ID,
                "Duties layer on layer",
                "An importer pays a stack of duties: the earlier duty, section 301 by list, section 232 on steel,"
                        + " and the fentanyl and the reciprocal duty under IEEPA until they were void. No available"
                        + " source has the duties of section 232 on other goods, so the products are none of those."
                        + " Exemptions remove layers, also retroactively. "
                        + ENDS,
                tables,
                List.of(new StepChart(
                        "stacked-rates",
                        "US duty on four products from China, all layers, to 23 February 2026",
                        "percent of the value",
                        lines,
                        List.of(),
                        List.of(),
                        "Timeline of measures, one source a measure; section 301 by list; MFN rates "
                                + inquiry.sources().cite(Hs6Tariffs.Direction.US_ON_CN.source()))));
    }

    private static Table table(final Inquiry inquiry, final Product product, final StackReading reading) {
        final List<Column> columns = new ArrayList<>(List.of(Column.text("End of"), Column.number("All, %")));
        for (final String heading : List.of("Base", "301", "232", "Fentanyl", "Recipr.", "Duty on USD 10000")) {
            columns.add(Column.number(heading));
        }
        final List<Row> rows = new ArrayList<>();
        final Set<Source> cited = new LinkedHashSet<>();
        for (final LocalDate date : DATES) {
            final long atNs = Zone.NEW_YORK.lastSecondOf(date);
            reading.read(atNs);
            final Amount all = new Amount(reading.rate(), reading.status(), PERCENT);
            final Set<Source> behind = product.sources(inquiry, ALL_LAYERS, atNs, Instants.ALL_KNOWN);
            final Source source = Source.ofAll(behind);
            cited.addAll(behind);
            note(inquiry, product, "stacked-rate", atNs, all, source);
            final List<String> cells = new ArrayList<>(List.of(date.toString(), text(all)));
            for (final Shown shown : Shown.values()) {
                final Amount layer = new Amount(shown.of(reading), reading.status(), PERCENT);
                note(
                        inquiry,
                        product,
                        "layer-" + shown.name().toLowerCase(Locale.ROOT),
                        atNs,
                        layer,
                        Source.ofAll(product.sources(inquiry, shown.layers, atNs, Instants.ALL_KNOWN)));
                cells.add(text(layer));
            }
            final Amount duty =
                    new Amount(all.status().hasValue() ? reading.duty(CENTS) / 100.0 : Double.NaN, all.status(), "USD");
            note(inquiry, product, "duty-on-10000-usd", atNs, duty, source);
            cells.add(duty.status().hasValue() ? duty.fixed(2) : "-");
            rows.add(new Row(cells, source.verification().isVerified()));
        }
        return new Table(
                product.name() + " (" + product.code() + ")",
                columns,
                rows,
                "At the end of the day in New York, in percent of the value. Sources "
                        + cited.stream().map(inquiry.sources()::cite).collect(Collectors.joining(" ")) + ".");
    }

    private static String text(final Amount amount) {
        return amount.status().hasValue() ? Numbers.atMost(amount.value(), 2) : "-";
    }

    private static void note(
            final Inquiry inquiry,
            final Product product,
            final String metric,
            final long atNs,
            final Amount amount,
            final Source source) {
        inquiry.findings().add(MetricRow.at(ID, "tariff.US.CN.stack." + product.code(), metric, atNs, amount, source));
    }

    /** Compares the legal rates at the start and end of 2024 with the collected duties. */
    private Table collected(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        for (final Product product : stacked.products()) {
            final StackReading reading = inquiry.answers().panels().stack(product.stack());
            final List<String> cells = new ArrayList<>(List.of(product.name()));
            final long[] ends = {Zone.NEW_YORK.lastSecondOf(LocalDate.of(2023, 12, 31)), CollectedDuties.END_NS - 1};
            for (final long atNs : ends) {
                reading.read(atNs);
                cells.add(text(new Amount(reading.rate(), reading.status(), PERCENT)));
            }
            final RatioReading ratio = collected.read(inquiry.answers(), product.code());
            final Amount rate = new Amount(ratio.percent(), ratio.status(), PERCENT);
            final Amount gap = new Amount(ratio.gap(reading.rate()), ratio.status(), "PP");
            final String series = "duties.US.CN.hts8." + product.code();
            final Set<Source> behind = product.sources(inquiry, ALL_LAYERS, ends[1], Instants.ALL_KNOWN);
            final Source source = Source.ofAll(behind).and(ImportWeights.SOURCE);
            inquiry.findings()
                    .add(MetricRow.over(
                            ID,
                            series,
                            "collected-rate",
                            CollectedDuties.END_NS,
                            CollectedDuties.YEAR,
                            rate,
                            ImportWeights.SOURCE));
            inquiry.findings()
                    .add(MetricRow.over(ID, series, "gap", CollectedDuties.END_NS, CollectedDuties.YEAR, gap, source));
            cells.add(Numbers.fixed(collected.imports(inquiry.answers(), product.code()), 0));
            cells.add(rate.fixed(2));
            cells.add(gap.fixed(2));
            rows.add(new Row(cells, source.verification().isVerified()));
        }
        return new Table(
                "The stacks of 2024 and the duty calculated at the border in that year",
                List.of(
                        Column.text("Product"),
                        Column.number("Stack at its start, %"),
                        Column.number("at its end, %"),
                        Column.number("Imports, USD"),
                        Column.number("Collected, %"),
                        Column.number("Gap to the end, pp")),
                rows,
                "Collected: duty over value of the year, a ratio of sums "
                        + inquiry.sources().cite(ImportWeights.SOURCE)
                        + ". It includes products that were excluded from a duty or duty-free for another reason;"
                        + " the stacks do not. If few goods were imported, as of this steel, these can be"
                        + " most of it.");
    }

    /** The duty on smartphones on 10 April 2025, as known on that day and after the retroactive exemption. */
    private Table believed(final Inquiry inquiry) {
        final Product phones = stacked.products().get(2);
        final PanelReader panels = inquiry.answers().panels();
        final long atNs = Zone.NEW_YORK.lastSecondOf(LocalDate.of(2025, 4, 10));
        final List<Row> rows = new ArrayList<>();
        for (final LocalDate known : List.of(LocalDate.of(2025, 4, 10), LocalDate.of(2025, 4, 11))) {
            final long knownNs = Zone.NEW_YORK.endOf(known);
            final StackReading reading =
                    panels.asOf(knownNs).stack(phones.stack()).read(atNs);
            rows.add(believed(inquiry, phones, reading, known + ", end of the day", atNs, knownNs));
        }
        final StackReading today = panels.stack(phones.stack()).read(atNs);
        rows.add(believed(inquiry, phones, today, "today", atNs, Instants.ALL_KNOWN));
        return new Table(
                "Smartphones entered on 10 April 2025, as known on",
                List.of(Column.text("Known on"), Column.number("All, %"), Column.number("Duty on USD 10000")),
                rows,
                "The memorandum of 11 April exempts phones, computers and semiconductors from the reciprocal duty,"
                        + " retroactively from 5 April. Duties paid in between are to be refunded.");
    }

    private static Row believed(
            final Inquiry inquiry,
            final Product product,
            final StackReading reading,
            final String known,
            final long atNs,
            final long knownNs) {
        final Amount all = new Amount(reading.rate(), reading.status(), PERCENT);
        final Source source = Source.ofAll(product.sources(inquiry, ALL_LAYERS, atNs, knownNs));
        note(
                inquiry,
                product,
                knownNs == Instants.ALL_KNOWN
                        ? "stacked-rate-known-today"
                        : "stacked-rate-known-" + Zone.NEW_YORK.dateOf(knownNs - 1),
                atNs,
                all,
                source);
        return new Row(
                List.of(known, text(all), Numbers.fixed(reading.duty(CENTS) / 100.0, 2)),
                source.verification().isVerified());
    }

    private static StepChart.Line line(
            final Inquiry inquiry, final Product product, final StackReading reading, final int colour) {
        final long endNs = Zone.NEW_YORK.endOf(LAST_DAY);
        final List<StepChart.Point> points = new ArrayList<>();
        long atNs = Zone.NEW_YORK.startOf(LocalDate.of(2018, 1, 1));
        while (atNs != Instants.NONE && atNs < endNs) {
            reading.read(atNs);
            points.add(new StepChart.Point(atNs, reading.rate()));
            atNs = reading.nextChangeAtNs();
        }
        return new StepChart.Line(product.name(), colour, StepChart.LineStyle.SOLID, points, endNs);
    }
}
