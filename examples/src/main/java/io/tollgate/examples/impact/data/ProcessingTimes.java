package io.tollgate.examples.impact.data;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import java.io.IOException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * Monthly processing times of the British licensing office for single licences, as published. Each figure is that of
 * the last completed month, until the next one ends.
 *
 * @param months in order.
 * @param median days.
 * @param soon   percent of the cases completed within 20 working days.
 * @param late   percent of the cases completed within 60 working days.
 */
public record ProcessingTimes(List<YearMonth> months, StepSeries median, StepSeries soon, StepSeries late) {
    public static final Source SOURCE = new Source(
            "uk_siel_monthly_performance_2014_2015.csv: dashboard of gov.uk; contains public sector information"
                    + " licensed under the Open Government Licence v3.0",
            Verification.FILE);

    private static final String FILE = "uk_siel_monthly_performance_2014_2015.csv";
    private static final String KEY = "licences.UK-ECJU.SIEL.processing.";

    public static ProcessingTimes load(final Feed feed, final Sources sources) throws IOException {
        final StepSeries median = feed.step(SeriesDefinition.step(KEY + "median", new Unit("DAY"), 0));
        final StepSeries soon = feed.step(SeriesDefinition.step(KEY + "within-20-working-days", Unit.PERCENT, 2));
        final StepSeries late = feed.step(SeriesDefinition.step(KEY + "within-60-working-days", Unit.PERCENT, 2));
        final List<YearMonth> months = new ArrayList<>();
        final long reference = sources.number(SOURCE);
        BundledCsv.read(FILE, csv -> {
            final YearMonth month = YearMonth.parse(csv.getField("month"));
            final long atNs = endNs(month);
            months.add(month);
            level(feed, median, atNs, csv.getField("median_processing_days"), reference);
            level(feed, soon, atNs, csv.getField("pct_within_20_working_days"), reference);
            level(feed, late, atNs, csv.getField("pct_within_60_working_days"), reference);
        });
        return new ProcessingTimes(List.copyOf(months), median, soon, late);
    }

    private static void level(
            final Feed feed, final StepSeries series, final long atNs, final String value, final long reference) {
        feed.level(series, atNs, series.scaled(value), Instants.NONE, reference);
    }

    /** Returns the instant from which the figures of a month are the latest ones. */
    public static long endNs(final YearMonth month) {
        return Zone.LONDON.endOf(month.atEndOfMonth());
    }
}
