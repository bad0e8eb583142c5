package io.tollgate.examples.impact.finding;

import static io.tollgate.examples.impact.finding.StudyRun.STUDY;
import static io.tollgate.examples.impact.finding.StudyRun.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.impact.source.PlainFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares published numbers with those by law, using the bundled files parsed in the simplest way. */
final class PublishedNumbersTest {
    private static final MathContext PRECISE = new MathContext(60);

    @ParameterizedTest
    @CsvSource({
        // Whole days of April and May at 20, 30, 104, 145 and 30, by the dates of each tracker.
        "waugh_country_by_time, 4, 4, 0, 33, 20",
        // Removed on 13 May, including that day, which agrees with the law.
        "gta_event_registry, 4, 4, 1, 34, 18"
    })
    void shouldAverageByTheDatesOfTheTrackers(
            final String tracker, final int at20, final int at30, final int at104, final int at145, final int rest) {
        assertEquals(61, at20 + at30 + at104 + at145 + rest);
        final double mean = (20.0 * at20 + 30.0 * at30 + 104.0 * at104 + 145.0 * at145 + 30.0 * rest) / 61;
        assertEquals(mean, number("tariff.US.CN.ieepa.as-dated-by." + tracker, "mean", "2025-06-01T04:00:00Z"), 0.002);
    }

    /** From the dates of the file to 14 May, in whole days. */
    @ParameterizedTest
    @CsvSource({"waugh_country_by_time, 2", "gta_event_registry, 0"})
    void shouldSayForHowLongEachTrackerIsOffTheCutOfGeneva(final String tracker, final double days) {
        assertEquals(days, number("tariff.US.CN.ieepa.as-dated-by." + tracker, "differs-from-law"));
        assertEquals(0, number("tariff.US.CN.ieepa", "differs-from-law"));
        assertEquals(2, number("tariff.US.CN.ieepa", "sources-apart"));
        assertEquals(115, number("tariff.US.CN.ieepa", "sources-largest-difference"));
    }

    /** A revision of a model is not a policy date, so no comparison contains it. */
    @Test
    void shouldNotTakeARevisionOfAModelForADateOfPolicy() {
        assertTrue(STUDY.metrics().stream().noneMatch(row -> row.series().contains("yale_revision_dates")));
    }

    @Test
    void shouldSayHowManyDatesAnEventHasAtMost() throws IOException {
        int most = 0;
        for (final String[] row : PlainFiles.rows("source_date_conflicts.csv")) {
            final Set<String> dates = new HashSet<>();
            for (int i = 1; i < row.length; i++) {
                if (row[i].matches("\\d{4}-\\d{2}-\\d{2}.*")) {
                    dates.add(row[i].substring(0, "2025-01-01".length()));
                }
            }
            most = Math.max(most, dates.size());
        }
        assertEquals(4, most);
        final String lead = STUDY.report().sections().stream()
                .filter(section -> section.id().equals("published-numbers"))
                .findFirst()
                .orElseThrow()
                .lead();
        assertTrue(lead.contains("up to four dates"), lead);
    }

    /** The comparison with a published average ends at the last change of the add-on rate. */
    @Test
    void shouldCompareAveragesAsFarAsTheAddOnRateGoes() {
        final List<MetricRow> rows = STUDY.metrics().stream()
                .filter(row -> row.metric().equals("published-new-tariffs"))
                .toList();
        assertEquals("2026-02-21T04:59:59Z", rows.get(rows.size() - 1).at());
    }

    @Test
    void shouldCollectDutiesOverImports() throws IOException {
        BigDecimal duties = BigDecimal.ZERO;
        BigDecimal imports = BigDecimal.ZERO;
        for (final String[] row : PlainFiles.rows("treasury_revenue.csv")) {
            if (row[4].equals("2025")) {
                duties = duties.add(new BigDecimal(row[1]));
                imports = imports.add(new BigDecimal(row[2]));
            }
        }
        assertEquals(
                duties.scaleByPowerOfTen(2).divide(imports, PRECISE).doubleValue(),
                number("trade.US.collected", "collected-rate", "2026-01-01T05:00:00Z"));
    }
}
