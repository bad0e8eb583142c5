package io.tollgate.examples.impact.chapter;

import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.data.AddOnRate;
import io.tollgate.examples.impact.data.MagnetExports;
import io.tollgate.examples.impact.data.MagnetExports.Month;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Exports of rare earths to all countries except the US, as far as data exists, and all exports compared with the year
 * before.
 */
public record SupplyChapter(MagnetExports magnets, FlowSeries all, List<Total> totals, StepSeries mean2024)
        implements Chapter {
    private static final String ID = "third-countries";
    private static final String TONNE = "TONNE";
    private static final int SCALE = 1;
    private static final Zone ZONE = MagnetExports.ZONE;
    private static final String TOTALS = "china_rare_earth_total_exports_monthly.csv";
    /** The published exports of the year and their growth over the year before. */
    private static final String YEAR = "2025-FY";

    private static final Pattern GROWTH = Pattern.compile("([+-][0-9.]+)% y/y");
    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);
    private static final BigDecimal MONTHS = BigDecimal.valueOf(12);

    /** The exports of a month, with their basis and source. */
    record Total(YearMonth month, String basis, Source source) {}

    public static SupplyChapter load(final Feed feed, final Sources sources, final MagnetExports magnets)
            throws IOException {
        final Unit tonne = new Unit(TONNE);
        final FlowSeries all = feed.flow(SeriesDefinition.flow("trade.CN.WORLD.rare-earths", tonne, SCALE));
        final StepSeries mean = feed.step(SeriesDefinition.step("trade.CN.WORLD.rare-earths.mean-2024", tonne, SCALE));
        final List<Total> totals = new ArrayList<>();
        BundledCsv.read(TOTALS, csv -> {
            final Source source = new Source(TOTALS + ": " + csv.getField("source"), Verification.CITED);
            final long reference = sources.number(source);
            final String month = csv.getField("month");
            final BigDecimal tonnes = new BigDecimal(csv.getField("tonnes"));
            if (month.equals(YEAR)) {
                final Matcher growth = GROWTH.matcher(csv.getField("basis"));
                if (!growth.find()) {
                    throw new IllegalArgumentException(
                            "basis=" + csv.getField("basis") + ", expected a change against the year before");
                }
                final BigDecimal factor = BigDecimal.ONE.add(new BigDecimal(growth.group(1)).divide(PERCENT));
                final BigDecimal monthly = tonnes.divide(factor.multiply(MONTHS), SCALE, RoundingMode.HALF_EVEN);
                feed.level(
                        mean,
                        ZONE.startOf(AddOnRate.STUDY_START),
                        mean.scaled(monthly, RoundingMode.UNNECESSARY),
                        Instants.NONE,
                        reference);
            } else {
                totals.add(new Total(YearMonth.parse(month), csv.getField("basis"), source));
                feed.event(
                        all,
                        endNs(YearMonth.parse(month)),
                        all.scaled(tonnes, RoundingMode.UNNECESSARY),
                        Instants.NONE,
                        reference);
            }
        });
        totals.sort(Comparator.comparing(Total::month));
        return new SupplyChapter(magnets, all, List.copyOf(totals), mean);
    }

    private static long endNs(final YearMonth month) {
        return ZONE.startOf(month.plusMonths(1).atDay(1));
    }

    @Override
    public Section write(final Inquiry inquiry) {
        final List<String> names = new ArrayList<>();
        final List<Double> third = new ArrayList<>();
        final List<Double> us = new ArrayList<>();
        final List<Row> rows = new ArrayList<>();
        final double mean = magnets.months().isEmpty()
                ? Double.NaN
                : inquiry.answers()
                        .level(magnets.baseline(), magnets.months().get(0).endNs())
                        .value();
        for (final Month world : magnets.months()) {
            final Optional<Month> toUs = magnets.months().stream()
                    .filter(m -> m.destination().equals("US") && m.month().equals(world.month()))
                    .findFirst();
            if (world.destination().equals(MagnetExports.WORLD) && toUs.isPresent()) {
                final double tonnes = tonnes(inquiry, world);
                final double american = tonnes(inquiry, toUs.get());
                names.add(world.month().toString());
                third.add(tonnes - american);
                us.add(american);
                rows.add(row(inquiry, world, toUs.get(), tonnes, american, mean));
            }
        }
        return new Section(
                ID,
                "Supply of third countries",
                "The controls of April 2025 affected all countries, not only the US: exports to the rest of the"
                        + " world collapsed as well. Months without a figure for the US have no answer.",
                List.of(thirdCountries(rows), total(inquiry)),
                List.of(new BarChart(
                        "magnets-by-destination",
                        "Chinese exports of rare-earth magnets, months known for the US",
                        "tonnes a month",
                        names,
                        List.of(new BarChart.Bars("other countries", 0, third), new BarChart.Bars("US", 1, us)),
                        List.of(new BarChart.Level("mean of 2024, all countries", mean)),
                        "Chinese customs as reported by the press, one source a month, see the tables")));
    }

    private static double tonnes(final Inquiry inquiry, final Month month) {
        return inquiry.answers()
                .window(month.series(), month.window(), month.endNs())
                .value(Metric.SUM);
    }

    private static Row row(
            final Inquiry inquiry,
            final Month world,
            final Month toUs,
            final double tonnes,
            final double american,
            final double mean) {
        final Source source = world.source().and(toUs.source());
        final Amount rest = Amount.of(tonnes - american, TONNE);
        final Amount share = Amount.ratio(rest.value(), mean);
        final String key = "trade.CN.WORLD-less-US.rare-earth-magnets";
        inquiry.findings().add(MetricRow.over(ID, key, "sum", world.endNs(), world.window(), rest, source));
        inquiry.findings()
                .add(MetricRow.over(ID, key, "against-mean-2024-of-all", world.endNs(), world.window(), share, source));
        return new Row(
                List.of(
                        world.month().toString(),
                        Numbers.fixed(tonnes, 0),
                        Numbers.fixed(american, 0),
                        rest.fixed(0),
                        share.percent(1),
                        inquiry.sources().cite(world.source()) + " "
                                + inquiry.sources().cite(toUs.source())),
                source.verification().isVerified());
    }

    private static Table thirdCountries(final List<Row> rows) {
        return new Table(
                "Magnets to all countries except the US",
                List.of(
                        Column.text("Month"),
                        Column.number("World, t"),
                        Column.number("US, t"),
                        Column.number("Others, t"),
                        Column.number("of mean of all, %"),
                        Column.text("Source")),
                rows,
                "The mean of 2024 is known only for all countries together, including the US. Compared with a mean"
                        + " of their own, the other countries received at least the share in the last column. For"
                        + " single countries other than the US the file has only one month, so shares by country"
                        + " are not shown.");
    }

    private Table total(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        for (final Total total : totals) {
            final YearMonth month = total.month();
            final long endNs = endNs(month);
            final Window.Sliding window = Window.slidingNs(endNs - ZONE.startOf(month.atDay(1)));
            final Amount tonnes = Amount.of(inquiry.answers().window(all, window, endNs), Metric.SUM, TONNE);
            final Source source = total.source();
            final LevelReading level = inquiry.answers().level(mean2024, endNs);
            final Amount ratio = Amount.ratio(tonnes.value(), level.value());
            final Source both = source.and(inquiry.sources().of(level.reference()));
            inquiry.findings().add(MetricRow.over(ID, all.key(), "sum", endNs, window, tonnes, source));
            inquiry.findings().add(MetricRow.over(ID, all.key(), "against-mean-2024", endNs, window, ratio, both));
            rows.add(Row.of(
                    month.toString(),
                    tonnes.fixed(0),
                    ratio.percent(1),
                    total.basis(),
                    inquiry.sources().cite(source)));
        }
        final LevelReading level = inquiry.answers().level(mean2024, ZONE.startOf(LocalDate.of(2025, 1, 1)));
        final double mean = level.value();
        return new Table(
                "All rare earths to the world",
                List.of(
                        Column.text("Month"),
                        Column.number("Exports, t"),
                        Column.number("of mean of 2024, %"),
                        Column.text("Basis"),
                        Column.text("Source")),
                rows,
                "Mean of 2024: " + Numbers.fixed(mean, 0) + " t a month, derived from the exports of 2025 and their"
                        + " growth against the year before, as published "
                        + inquiry.sources().cite(inquiry.sources().of(level.reference()))
                        + ". The months count different things, as their bases say. Other months are in no available"
                        + " source.");
    }
}
