package io.tollgate.examples.impact.source;

import static io.tollgate.examples.impact.finding.StudyRun.STUDY;
import static io.tollgate.examples.impact.finding.StudyRun.number;
import static io.tollgate.examples.impact.finding.StudyRun.only;
import static io.tollgate.examples.impact.finding.StudyRun.row;
import static io.tollgate.examples.impact.finding.StudyRun.section;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.report.model.StepChart;
import io.tollgate.examples.report.model.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks chapters that combine many series against the bundled files, parsed in the simplest way. */
final class ImpactChaptersTest {
    private static final MathContext PRECISE = new MathContext(60);
    private static final String IMPORTS = "us_imports_from_china_2024_hs10.csv.gz";

    /**
     * On 10 May 2019: 25% on lists 1 to 3, 0 on list 4A and on lines without a list; unknown if only the review has the
     * line.
     */
    @Test
    void shouldCoverWhatTheListsReach() throws IOException {
        final Map<String, BigDecimal> imports = new HashMap<>();
        for (final String[] row : PlainFiles.rows(IMPORTS)) {
            imports.merge(row[0].substring(0, 8), new BigDecimal(row[1]), BigDecimal::add);
        }
        final Map<String, Set<String>> lists = new HashMap<>();
        for (final String[] row : PlainFiles.rows("s301_product_lists.csv.gz")) {
            lists.computeIfAbsent(row[0], any -> new HashSet<>()).add(row[1]);
        }
        BigDecimal known = BigDecimal.ZERO;
        BigDecimal reached = BigDecimal.ZERO;
        for (final Map.Entry<String, BigDecimal> line : imports.entrySet()) {
            final Set<String> on = lists.getOrDefault(line.getKey(), Set.of());
            final boolean isReached = on.contains("1") || on.contains("2") || on.contains("3") || on.contains("3_addl");
            final boolean isKnown = isReached
                    || on.isEmpty()
                    || on.contains("4A")
                    || on.contains("4B") && on.stream().allMatch(list -> list.equals("4B"));
            if (isKnown) {
                known = known.add(line.getValue());
                reached = isReached ? reached.add(line.getValue()) : reached;
            }
        }
        final String at = "2019-05-10T04:01:00Z";
        final String lines = "tariff.US.CN.s301.lines";
        final double share = reached.divide(known, PRECISE).doubleValue();
        assertEquals(share, number(lines, "coverage", at));
        assertEquals(
                BigDecimal.valueOf(25).multiply(reached).divide(known, PRECISE).doubleValue(),
                number(lines, "weighted", at));
        assertEquals(25 * Math.sqrt(share), number(lines, "tri", at), 1e-13);
    }

    @ParameterizedTest
    @CsvSource({
        "85, 2018-01-01, 2018-01-02T04:59:59Z",
        "85, 2020-02-14, 2020-02-15T04:59:59Z",
        "94, 2018-09-24, 2018-09-25T03:59:59Z"
    })
    void shouldAverageAChapter(final String chapter, final String date, final String at) throws IOException {
        final Map<String, BigDecimal> rates =
                PlainFiles.rates("us_tariffs_on_china_hs6_2018_2020.csv.gz", 0, 1, 2, date);
        BigDecimal products = BigDecimal.ZERO;
        BigDecimal covered = BigDecimal.ZERO;
        for (final Map.Entry<String, BigDecimal> weight : PlainFiles.weights().entrySet()) {
            final String code = weight.getKey();
            if (code.startsWith(chapter) && rates.containsKey(code)) {
                products = products.add(weight.getValue().multiply(rates.get(code)));
                covered = covered.add(weight.getValue());
            }
        }
        assertEquals(
                products.divide(covered, PRECISE).doubleValue(), number("tariff.US.CN.hs2." + chapter, "weighted", at));
    }

    @ParameterizedTest
    @CsvSource({
        "85061000, 2025-04-11T03:59:59Z, 172.7, 25, 125",
        "85061000, 2025-06-10T03:59:59Z, 57.7, 25, 10",
        "61102020, 2025-11-11T04:59:59Z, 44, 7.5, 10",
        "85171300, 2025-04-11T03:59:59Z, 20, 0, 0",
        "85061000, 2026-02-24T04:59:59Z, 27.7, 25, 0",
        "85171300, 2026-02-24T04:59:59Z, 0, 0, 0",
        "72083900, 2025-06-10T03:59:59Z, 95, 25, 0"
    })
    void shouldStackTheLayers(
            final String code, final String at, final double all, final double s301, final double reciprocal) {
        final String stack = "tariff.US.CN.stack." + code;
        assertEquals(all, number(stack, "stacked-rate", at));
        assertEquals(s301, number(stack, "layer-s301", at));
        assertEquals(reciprocal, number(stack, "layer-reciprocal", at));
        assertEquals(100 * all, number(stack, "duty-on-10000-usd", at));
    }

    /** From the next minute on a duty is in force, and no source says which products bear it. */
    @Test
    void shouldStackNothingAfterTheEndOfTheTimeline() {
        final String end = "2026-02-24T05:00:00Z";
        final List<MetricRow> rows = section("stack");
        assertTrue(rows.stream().anyMatch(row -> row.at().equals("2026-02-24T04:59:59Z")));
        assertTrue(rows.stream().allMatch(row -> row.at().compareTo(end) < 0));
        final StepChart chart = STUDY.report().sections().stream()
                .flatMap(section -> section.charts().stream())
                .filter(StepChart.class::isInstance)
                .map(StepChart.class::cast)
                .filter(steps -> steps.id().equals("stacked-rates"))
                .findFirst()
                .orElseThrow();
        for (final StepChart.Line line : chart.lines()) {
            assertEquals(Instants.parse(end), line.endNs());
            assertTrue(line.points().stream().noneMatch(point -> Double.isNaN(point.value())), line.toString());
        }
    }

    /** Each layer has the sources of its levels. The verification of a stack is the worst one of its layers. */
    @Test
    void shouldReportWhatIsBehindEachLayer() {
        final MetricRow phones = row("tariff.US.CN.stack.85171300", "layer-reciprocal", "2025-04-11T03:59:59Z");
        assertTrue(phones.source().contains("US-RECIP-125, "), phones.source());
        assertTrue(phones.source().contains("US-ELEC-EXEMPT, "), phones.source());
        final MetricRow batteries = row("tariff.US.CN.stack.85061000", "stacked-rate", "2025-04-11T03:59:59Z");
        assertTrue(batteries.source().contains("US-301-L3-RAISE, "), batteries.source());
        assertTrue(batteries.source().contains("s301_product_lists.csv"), batteries.source());
        assertTrue(batteries.verification().isVerified(), batteries.toString());
        final MetricRow steel = row("tariff.US.CN.stack.72083900", "stacked-rate", "2025-06-10T03:59:59Z");
        assertTrue(steel.source().contains("720839 rose by 15 points on 2019-09-01"), steel.source());
        assertTrue(steel.source().contains("EO 14257, section 3(b)(ii)"), steel.source());
        assertEquals(Verification.CITED, steel.verification());
        final MetricRow early = row("tariff.US.CN.stack.72083900", "stacked-rate", "2020-02-15T04:59:59Z");
        assertEquals(Verification.MEMORY, early.verification(), "the day on which 232 was announced is from memory");
    }

    /** Duty divided by value of the lines below, summed from the file. */
    @ParameterizedTest
    @CsvSource({"85061000", "61102020", "85171300", "72083900"})
    void shouldReportWhatWasCollectedOfAStack(final String code) throws IOException {
        BigDecimal duty = BigDecimal.ZERO;
        BigDecimal value = BigDecimal.ZERO;
        for (final String[] fields : PlainFiles.rows(IMPORTS)) {
            if (fields[0].startsWith(code)) {
                value = value.add(new BigDecimal(fields[1]));
                duty = duty.add(new BigDecimal(fields[2]));
            }
        }
        final double percent = duty.movePointRight(2).divide(value, PRECISE).doubleValue();
        final String series = "duties.US.CN.hts8." + code;
        assertEquals(percent, number(series, "collected-rate"));
        final double stacked =
                code.equals("72083900") ? 50 : code.equals("61102020") ? 24 : code.equals("85061000") ? 27.7 : 0;
        assertEquals(stacked - percent, number(series, "gap"));
    }

    /** Each accusation has a page as source. An accusation without details has no number. */
    @Test
    void shouldSetNumbersBesideTheAccusationsOfJune() {
        final Table table = STUDY.report().sections().stream()
                .flatMap(section -> section.tables().stream())
                .filter(found -> found.title().equals("The accusations of June 2025 as numbers"))
                .findFirst()
                .orElseThrow();
        assertEquals(4, table.rows().size());
        assertEquals(
                List.of("2025-05-30", "2025-05-30", "2025-06-02", "2025-06-07"),
                table.rows().stream().map(found -> found.cells().get(0)).toList());
        assertEquals(
                "no number: the statement gives no details",
                table.rows().get(0).cells().get(3));
        assertEquals(
                "exports of magnets in May 25.5%, in June 65.8% of the mean month of 2024; Dexter Magnetic (US firm):"
                        + " 5 of 180 applications approved by 2025-06-30, as of 2025-06-30; EU Chamber members:"
                        + " 19 of 141 applications approved by 2025-09-18, as of 2025-09-18",
                table.rows().get(1).cells().get(3));
        assertEquals(
                "2 measures of the US against 0 of China until the talks",
                table.rows().get(2).cells().get(3));
        assertEquals(
                List.of(true, true, false, true),
                table.rows().stream().map(Table.Row::verified).toList());
        table.rows().forEach(found -> assertTrue(found.cells().get(4).matches("\\[[0-9]+]")));
    }

    /** The layers under IEEPA add up to the headline rate of the same day. */
    @ParameterizedTest
    @CsvSource({"2025-04-11T03:59:59Z", "2025-05-15T03:59:59Z", "2025-06-10T03:59:59Z", "2025-11-11T04:59:59Z"})
    void shouldAgreeWithTheHeadlineRate(final String at) {
        final String stack = "tariff.US.CN.stack.85061000";
        assertEquals(
                number("tariff.US.CN.ieepa", "level", at),
                number(stack, "layer-fentanyl", at) + number(stack, "layer-reciprocal", at));
    }

    @Test
    void shouldKnowTheExemptionOfPhonesOnlyFromTheDayAfter() {
        final String stack = "tariff.US.CN.stack.85171300";
        final String at = "2025-04-11T03:59:59Z";
        assertEquals(145, number(stack, "stacked-rate-known-2025-04-10", at));
        assertEquals(20, number(stack, "stacked-rate-known-2025-04-11", at));
        assertEquals(20, number(stack, "stacked-rate-known-today", at));
    }

    @ParameterizedTest
    @CsvSource({
        "US, tightening, 2025-06-09T04:00:00Z, 2",
        "CN, tightening, 2025-06-09T04:00:00Z, 0",
        // Both sides announce an extension, on different days.
        "US, easing, 2025-08-13T04:00:00Z, 1",
        "CN, easing, 2025-08-13T04:00:00Z, 1",
        "US, easing, 2025-11-11T05:00:00Z, 3",
        "CN, easing, 2025-11-11T05:00:00Z, 2",
        "CN, tightening, 2025-11-11T05:00:00Z, 1"
    })
    void shouldCountWhatEachSideDid(final String side, final String direction, final String at, final double count) {
        assertEquals(count, number("measures." + side + "." + direction, "sum", at));
    }

    /** One of the two measures has a date from memory, and one is aimed at all countries. */
    @Test
    void shouldNotShowAsCheckedWhatIsCountedFromMemory() {
        assertEquals(
                Verification.MEMORY,
                row("measures.US.tightening", "sum", "2025-06-09T04:00:00Z").verification());
        assertEquals(
                Verification.PAGE,
                row("measures.CN.tightening", "sum", "2025-06-09T04:00:00Z").verification());
        final String note = STUDY.report().highlights().stream()
                .filter(highlight -> highlight.label().startsWith("Tightening measures"))
                .findFirst()
                .orElseThrow()
                .note();
        assertTrue(note.contains("which is not complete"), note);
        assertTrue(note.contains("aimed at all countries: US steel/aluminium"), note);
        assertTrue(note.contains("unverified: US GE LEAP"), note);
    }

    @Test
    void shouldReportHowLongLicencesTookAsPublished() {
        final String times = "licences.UK-ECJU.SIEL.processing.";
        assertEquals(16, number(times + "median", "level", "2014-11-01T00:00:00Z"));
        assertEquals(99.15, number(times + "within-60-working-days", "level", "2014-11-01T00:00:00Z"));
        assertEquals(12, number(times + "median", "level", "2015-08-31T23:00:00Z"));
        final Table said = STUDY.report().sections().stream()
                .filter(found -> found.id().equals("processing"))
                .findFirst()
                .orElseThrow()
                .tables()
                .get(1);
        assertTrue(
                said.rows().stream()
                        .anyMatch(found -> found.cells().contains("77")
                                && found.cells().get(1).equals("US-BIS all, CN")
                                && found.cells().get(4).contains("AVERAGE (not median)")),
                said.rows().toString());
    }

    @Test
    void shouldReportTheBacklogAndHowSureARateIs() {
        final String chamber = "licences.published.CN-MOFCOM.rare earth.EU Chamber members";
        assertEquals(121, number(chamber, "backlog-of-the-period"));
        assertEquals(0.764, number(chamber, "wilson-low-of-DECIDED"), 0.0005);
        assertEquals(0.991, number(chamber, "wilson-high-of-DECIDED"), 0.0005);
        assertEquals(-3, number("licences.published.UK-ECJU.OIEL.ALL", "backlog-of-the-period"));
        // The pending cases were published too, so no case can have been returned.
        assertEquals(Status.OK, only(chamber, "backlog-of-the-period").status());
        // Returned applications were not published.
        final String single = "licences.published.UK-ECJU.SIEL.ALL";
        assertEquals(15253 - 10814 - 600, number(single, "backlog-of-the-period"));
        assertEquals(Status.PARTIAL, only(single, "backlog-of-the-period").status());
        assertEquals(Status.PARTIAL, only(single, "months-of-work").status());
        assertEquals(Status.OK, only(single, "wilson-low-of-DECIDED").status());
        // Its refusals were not published, so the backlog is an upper bound and the share of the decisions is unknown.
        final String firm = "licences.published.CN-MOFCOM.rare earth.Dexter Magnetic (US firm)";
        assertEquals(Status.PARTIAL, only(firm, "backlog-of-the-period").status());
        assertEquals(Status.EMPTY, only(firm, "wilson-low-of-DECIDED").status());
    }

    @ParameterizedTest
    @CsvSource({
        "tariff.US.CN.ieepa, fired, 2025-04-09T04:01:00Z, 104",
        "tariff.US.CN.ieepa, cleared, 2025-05-14T04:01:00Z, 30",
        "tariff.CN.US.all-goods, fired, 2025-04-11T16:00:00Z, 125",
        "tariff.CN.US.all-goods, cleared, 2025-05-14T04:01:00Z, 10"
    })
    void shouldFireAtTheEscalationAndClearAtTheTruce(
            final String series, final String type, final String at, final double value) {
        assertEquals(value, number(series, "above-100-" + type, at));
    }

    /** The exact instants, to the nanosecond: see the documentation of Watch. */
    @Test
    void shouldFireAndClearWhereTheMeanOfNinetyDaysCrosses() {
        final List<String> events = section("watches").stream()
                .filter(row -> row.series().equals("tariff.US.CN.ieepa"))
                .filter(row -> row.metric().startsWith("mean-90d-above-40-"))
                .map(row -> row.metric() + " " + row.at())
                .toList();
        assertEquals(
                List.of(
                        "mean-90d-above-40-fired 2025-04-27T02:39:53.793103449Z",
                        "mean-90d-above-40-cleared 2025-08-04T08:11:26.086956522Z"),
                events);
    }

    @Test
    void shouldReportTheSupplyOfOthers() {
        final String others = "trade.CN.WORLD-less-US.rare-earth-magnets";
        assertEquals(1238 - 46, number(others, "sum", "2025-05-31T16:00:00Z"));
        assertEquals(1192 / 4846.0, number(others, "against-mean-2024-of-all", "2025-05-31T16:00:00Z"));
    }

    /** The yuan around the first list: two log changes above the mean of the 36 changes that end a month before. */
    @Test
    void shouldStudyTheYuanAndSayWhereTheIndexEnds() throws IOException {
        final List<String[]> rows = PlainFiles.rows("usd_cny_monthly_fed.csv");
        int june = 0;
        while (!rows.get(june)[0].equals("2018-06-01")) {
            june++;
        }
        double mean = 0;
        for (int i = june - 37; i < june - 1; i++) {
            mean += change(rows, i) / 36;
        }
        final double car = change(rows, june) + change(rows, june + 1) - 2 * mean;
        assertEquals(100 * car, number("macro.usd-cny.monthly around US-301-L1", "car", "2018-06-20T00:00:00Z"), 1e-9);
        final List<MetricRow> later = STUDY.metrics().stream()
                .filter(row -> row.series().equals("macro.gpr.daily around GENEVA-US"))
                .toList();
        assertTrue(later.size() == 3
                && later.stream().allMatch(row -> row.status().name().equals("INSUFFICIENT")));
    }

    private static double change(final List<String[]> rows, final int i) {
        return Math.log(Double.parseDouble(rows.get(i)[2]) / Double.parseDouble(rows.get(i - 1)[2]));
    }
}
