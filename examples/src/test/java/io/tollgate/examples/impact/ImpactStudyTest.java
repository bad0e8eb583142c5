package io.tollgate.examples.impact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Status;
import io.tollgate.examples.impact.chapter.TruceChapter;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.PlainFiles;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.Chart;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.StepChart;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImpactStudyTest {
    private static final String US = "tariff.US.CN.ieepa";
    private static final String CHINA = "tariff.CN.US.all-goods";
    private static final String US_FILE = "us_tariffs_on_china_hs6_2018_2020.csv.gz";
    private static final String CHINA_FILE = "china_tariffs_on_us_hs6_2018_2020.csv.gz";
    private static final MathContext PRECISE = new MathContext(60);
    private static ImpactStudy study;

    @BeforeAll
    static void run() throws IOException {
        study = ImpactStudy.run();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-04-03T03:59:59Z, 20, 2025-04-02T15:59:59Z, 0",
        "2025-04-11T03:59:59Z, 145, 2025-04-10T15:59:59Z, 84",
        "2025-05-14T03:59:59Z, 145, 2025-05-13T15:59:59Z, 125",
        "2025-05-15T03:59:59Z, 30, 2025-05-14T15:59:59Z, 10",
        "2025-06-10T03:59:59Z, 30, 2025-06-09T15:59:59Z, 10",
        "2025-08-13T03:59:59Z, 30, 2025-08-12T15:59:59Z, 10",
        "2025-11-11T04:59:59Z, 20, 2025-11-10T15:59:59Z, 10"
    })
    void shouldReadTheHeadlineRatesAtTheEndOfTheKeyDates(
            final String usAt, final String us, final String chinaAt, final String china) {
        assertEquals(us, value(US, "level", usAt, ""));
        assertEquals(china, value(CHINA, "level", chinaAt, ""));
    }

    @Test
    void shouldCutBothSidesBy115PointsAtTheTruce() {
        assertEquals("-115", value(US, "delta", "2025-05-15T04:00:00Z", "1d"));
        assertEquals("-115", value(CHINA, "delta", "2025-05-14T16:00:00Z", "1d"));
    }

    @Test
    void shouldWeightTheRateOfAprilAndMayWithTime() {
        // In minutes: 20 from 1 April 00:00; then 30, 104, 145, 30 from 00:01 on 5, 9 and 10 April and 14 May.
        final long minutes = 61 * 1440;
        final double sum =
                20.0 * (4 * 1440 + 1) + 30.0 * (4 * 1440) + 104.0 * 1440 + 145.0 * (34 * 1440) + 30.0 * (18 * 1440 - 1);
        final String mean = value(US, "mean", "2025-06-01T04:00:00Z", "61d");

        assertEquals(sum / minutes, Double.parseDouble(mean));
        assertEquals("94.655624", Numbers.fixed(Double.parseDouble(mean), 6));
    }

    @ParameterizedTest
    @CsvSource({"30d,145", "90d,66.4832175925926", "365d,16.638536910197868"})
    void shouldAverageOverEachWindowToTheEveOfTheTruce(final String window, final String mean) {
        assertEquals(mean, value(US, "mean", "2025-05-14T04:00:00Z", window));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-06-09T00:00:00Z, 64, 4",
        "2025-06-09T11:00:00Z, 63, 17",
        "2025-06-10T04:00:00Z, 63, 0",
        "2025-07-01T00:00:00Z, 42, 4",
        "2025-08-11T04:00:00Z, 1, 0",
        "2025-08-12T04:00:00Z, 90, 1"
    })
    void shouldCountDownToTheEndThatWasKnownThen(final String at, final long days, final long hours) {
        final long seconds = (days * 24 + hours) * 3600 + 60;

        assertEquals(Long.toString(seconds), value("truce.US.CN.end", "countdown", at, ""));
    }

    @Test
    void shouldReportTheCountdownInDaysHoursAndMinutes() {
        assertEquals("63 d 17 h 1 min", TruceChapter.text(5_504_460L * 1_000_000_000L));
        assertTrue(study.report().highlights().stream().anyMatch(h -> h.value().equals("63 d 17 h 1 min")));
    }

    @ParameterizedTest
    @CsvSource({
        "1,2018-07-06T04:01:00Z,25",
        "3,2018-09-24T04:01:00Z,10",
        "3,2019-05-10T04:01:00Z,25",
        "4A,2019-05-10T04:01:00Z,0",
        "4A,2019-09-01T04:01:00Z,15",
        "4A,2020-02-14T05:01:00Z,7.5"
    })
    void shouldFollowSection301ByList(final String list, final String at, final String level) {
        assertEquals(level, value("tariff.US.CN.s301.list" + list, "level", at, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "2018-01-01, 2018-01-01T05:01:00Z",
        "2018-09-24, 2018-09-24T04:01:00Z",
        "2019-06-01, 2019-06-01T04:01:00Z",
        "2020-02-14, 2020-02-14T05:01:00Z"
    })
    void shouldWeightTheUsRatesWithTheImportsOf2024(final String date, final String at) throws IOException {
        final Map<String, BigDecimal> weights = PlainFiles.weights();
        BigDecimal products = BigDecimal.ZERO;
        BigDecimal covered = BigDecimal.ZERO;
        for (final Map.Entry<String, BigDecimal> rate :
                PlainFiles.rates(US_FILE, 0, 1, 2, date).entrySet()) {
            final BigDecimal weight = weights.getOrDefault(rate.getKey(), BigDecimal.ZERO);
            products = products.add(weight.multiply(rate.getValue()));
            covered = covered.add(weight);
        }
        final MetricRow average = row("tariff.US.CN.hs6", "weighted-average", at, "");

        assertEquals(products.divide(covered, PRECISE).doubleValue(), Double.parseDouble(average.value()));
        assertEquals(Status.PARTIAL, average.status());
        assertEquals(covered.toPlainString(), value("tariff.US.CN.hs6", "covered-weight", at, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "2018-01-01, 2017-12-31T16:00:00Z, PARTIAL",
        "2018-07-06, 2018-07-06T04:01:00Z, OK",
        "2018-11-01, 2018-10-31T16:00:00Z, PARTIAL",
        "2019-12-26, 2019-12-25T16:00:00Z, OK"
    })
    void shouldAverageTheKnownChineseRates(final String date, final String at, final Status status) throws IOException {
        final Map<String, BigDecimal> rates = PlainFiles.rates(CHINA_FILE, 1, 0, 2, date);
        final BigDecimal sum = rates.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        final MetricRow average = row("tariff.CN.US.hs6", "simple-average", at, "");

        assertEquals(
                sum.divide(BigDecimal.valueOf(rates.size()), PRECISE).doubleValue(),
                Double.parseDouble(average.value()));
        assertEquals(status, average.status());
    }

    @ParameterizedTest
    @CsvSource({
        "2009-12-31, 2010-01-01T00:00:00Z, 90",
        "2014-12-31, 2015-01-01T00:00:00Z, 365",
        "2015-03-31, 2015-03-31T23:00:00Z, 90",
        "2015-03-31, 2015-03-31T23:00:00Z, 365"
    })
    void shouldSumUkLicencesOverWholeDays(final LocalDate last, final String at, final int days) throws IOException {
        long issued = 0;
        long refused = 0;
        for (final String[] row : PlainFiles.rows("uk_licence_daily_counts_china.csv")) {
            final LocalDate date = LocalDate.parse(row[0]);
            if (date.isAfter(last.minusDays(days)) && !date.isAfter(last)) {
                issued += Long.parseLong(row[3]);
                refused += Long.parseLong(row[4]);
            }
        }
        final String window = days + "d";

        assertEquals(Long.toString(issued), value("licences.UK.CN.issued", "sum", at, window));
        assertEquals(Long.toString(refused), value("licences.UK.CN.refused", "sum", at, window));
        assertEquals(
                (double) issued / (issued + refused),
                Double.parseDouble(value("licences.UK.CN", "approval-rate-of-DECIDED", at, window)));
    }

    @ParameterizedTest
    @CsvSource({
        "US-BIS.all.CN entity-listed, 192, 19, 242",
        "CN-MOFCOM.rare earth.EU Chamber members, 19, 1, 141",
        "US-BIS.all.ALL, 17945, 177, 21293"
    })
    void shouldNameTheDenominatorOfPublishedApprovalRates(
            final String name, final double issued, final double refused, final double received) {
        final String series = "licences.published." + name;

        assertEquals(
                issued / (issued + refused),
                Double.parseDouble(only(series, "approval-rate-of-DECIDED").value()));
        assertEquals(
                issued / received,
                Double.parseDouble(only(series, "approval-rate-of-RECEIVED").value()));
    }

    @Test
    void shouldHaveNoApprovalRateWhereTheDenominatorWasNotPublished() {
        final String series = "licences.published.CN-MOFCOM.rare earth.Dexter Magnetic (US firm)";

        assertEquals(Status.EMPTY, only(series, "approval-rate-of-DECIDED").status());
        assertEquals(
                5.0 / 180,
                Double.parseDouble(only(series, "approval-rate-of-RECEIVED").value()));
    }

    @Test
    void shouldKeepPeriodsApartThatEndOnOneDay() {
        final String ecju = "licences.published.UK-ECJU.SIEL.ALL";

        assertEquals("2842", value(ecju, "issued", "2024-01-01T00:00:00Z", "2209h"));
        assertEquals("11343", value(ecju, "issued", "2024-01-01T00:00:00Z", "365d"));
    }

    @Test
    void shouldCompareTheMonthsOfMagnetExportsWithTheirMean() {
        final String world = "trade.CN.WORLD.rare-earth-magnets";

        assertEquals("1238", value(world, "sum", "2025-05-31T16:00:00Z", "31d"));
        assertEquals(
                1238.0 / 4846.0, Double.parseDouble(value(world, "against-mean-2024", "2025-05-31T16:00:00Z", "31d")));
        assertEquals("4521.75", value(world, "mean", "2025-11-30T16:00:00Z", "244d"));
        assertEquals(
                9,
                study.metrics().stream()
                        .filter(r -> r.series().equals(world) && r.metric().equals("sum"))
                        .count());
    }

    @Test
    void shouldGiveEveryNumberASourceAndShowWhatIsFromMemoryAsUnverified() {
        assertFalse(study.metrics().isEmpty());
        for (final MetricRow row : study.metrics()) {
            assertFalse(row.source().isBlank(), row.toString());
            assertEquals(row.status().hasValue(), !row.value().isEmpty(), row.toString());
        }
        assertEquals(
                Verification.MEMORY,
                row("tariff.US.CN.s301.list4A", "level", "2019-09-01T04:01:00Z", "")
                        .verification());
        assertEquals(
                Verification.MEMORY,
                row("tariff.CN.US.hs6", "simple-average", "2018-08-23T04:01:00Z", "")
                        .verification());
        assertTrue(study.report().sources().stream().anyMatch(source -> source.endsWith("(unverified)")));
        assertTrue(table("section-301").tables().get(0).hasUnverifiedRow());
    }

    @Test
    void shouldDashWhatWasAnnouncedAndNeverInForce() {
        final StepChart spring = (StepChart) chart("headline-spring");
        final List<StepChart.Line> dashed = spring.lines().stream()
                .filter(line -> line.style() == StepChart.LineStyle.DASHED)
                .toList();

        assertEquals(
                List.of(54.0, 34.0),
                dashed.stream().map(ImpactStudyTest::onlyLevel).toList());
        assertEquals(1, spring.bands().size());
        final StepChart lists = (StepChart) chart("section-301-lists");
        assertEquals(15.0, onlyLevel(lists.lines().get(4)));
        assertEquals(3, ((StepChart) chart("headline-rates")).bands().size());
    }

    @Test
    void shouldDrawEveryQuarterAndMonth() {
        assertEquals(
                29, ((BarChart) chart("uk-licences-quarterly")).categories().size());
        final BarChart magnets = (BarChart) chart("magnet-exports");
        assertEquals(8, magnets.categories().size());
        assertEquals(4846.0, magnets.referenceLevels().get(0).value());
    }

    @Test
    void shouldHaveNothingRefusedOfWhatWasLoaded() {
        assertEquals(Map.of(), study.refused());
        final List<List<String>> engine = table("engine").tables().get(0).rows().stream()
                .map(row -> row.cells())
                .toList();
        assertTrue(engine.contains(List.of("Refusals by reason", "none")), engine.toString());
        assertTrue(engine.contains(List.of("Revisions among them", "4")), engine.toString());
        assertTrue(engine.contains(List.of("Points applied", "66448")), engine.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "2025-08-16T03:59:59Z, 34, 10", // after the first end of the truce
        "2025-12-02T04:59:59Z, 34, 10",
        "2026-03-03T04:59:59Z, 34, 0" // after the duty was void
    })
    void shouldSetWhatWasBelievedBesideWhatTurnedOut(final String at, final String believed, final String now) {
        final String duty = "tariff.US.CN.reciprocal";
        assertEquals(believed, value(duty, "level as known at 2025-05-21T04:00:00Z", at, ""));
        assertEquals(now, value(duty, "level", at, ""));
        // As believed: 10 for 90 days, 34 for the rest of the 365. As it turned out: 10 until the duty was void.
        assertEquals("28.08", Numbers.fixed(mean(" as known at 2025-05-21T04:00:00Z"), 2));
        assertEquals("7.73", Numbers.fixed(mean(""), 2));
        final StepChart end = (StepChart) chart("truce-end");
        assertEquals(
                List.of(90L, 180L, 545L),
                end.lines().get(0).points().stream()
                        .map(point -> Math.round(point.value()))
                        .toList());
    }

    private static double mean(final String known) {
        return Double.parseDouble(value("tariff.US.CN.reciprocal", "mean" + known, "2026-05-14T04:00:00Z", "365d"));
    }

    private static double onlyLevel(final StepChart.Line line) {
        final List<Double> levels = line.points().stream()
                .map(StepChart.Point::value)
                .filter(Double::isFinite)
                .toList();
        assertEquals(1, levels.size(), line.toString());
        return levels.get(0);
    }

    private static Section table(final String id) {
        return study.report().sections().stream()
                .filter(section -> section.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Chart chart(final String id) {
        return study.report().sections().stream()
                .flatMap(section -> section.charts().stream())
                .filter(chart -> chart.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static MetricRow only(final String series, final String metric) {
        final List<MetricRow> rows = study.metrics().stream()
                .filter(r -> r.series().equals(series) && r.metric().equals(metric))
                .toList();
        assertEquals(1, rows.size(), series + " " + metric + ": " + rows);
        return rows.get(0);
    }

    private static String value(final String series, final String metric, final String at, final String window) {
        return row(series, metric, at, window).value();
    }

    private static MetricRow row(final String series, final String metric, final String at, final String window) {
        final List<MetricRow> rows = study.metrics().stream()
                .filter(r -> r.series().equals(series) && r.metric().equals(metric))
                .filter(r -> r.at().equals(at) && r.window().equals(window))
                .toList();
        assertEquals(1, rows.size(), series + " " + metric + " " + at + " " + window + ": " + rows);
        return rows.get(0);
    }
}
