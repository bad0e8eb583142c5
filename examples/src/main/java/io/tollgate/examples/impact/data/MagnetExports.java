package io.tollgate.examples.impact.data;

import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
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
import java.util.regex.Pattern;

/**
 * Chinese exports of rare-earth magnets by month, in tonnes. The file mixes months with averages and cumulative rows.
 * Months become amounts booked at the end of the month. The average of 2024 is the level for comparisons. Cumulative
 * rows repeat months and are skipped.
 */
public final class MagnetExports {
    public static final Zone ZONE = Zone.SHANGHAI;
    public static final String WORLD = "WORLD";

    private static final String MEAN_OF_2024 = "2024-M12AVG";
    private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final Unit TONNE = new Unit("TONNE");
    private static final int SCALE = 1;

    private final List<Month> months = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final StepSeries baseline;
    private Source baselineSource = new Source("no mean published", Verification.MEMORY);

    private MagnetExports(final StepSeries baseline) {
        this.baseline = baseline;
    }

    /**
     * A month with known exports.
     *
     * @param month       of export.
     * @param destination {@code WORLD} or a country.
     * @param basis       origin of the amount: reported, or derived and from which data.
     * @param source      of the amount.
     * @param series      of the destination.
     */
    public record Month(YearMonth month, String destination, String basis, Source source, FlowSeries series) {
        /** Returns the end of the month, at which its amount is booked. */
        public long endNs() {
            return ZONE.startOf(month.plusMonths(1).atDay(1));
        }

        /** Returns the window of the whole month. */
        public Window.Sliding window() {
            return Window.slidingNs(endNs() - ZONE.startOf(month.atDay(1)));
        }
    }

    public static MagnetExports load(final Feed feed, final Sources sources) throws IOException {
        final MagnetExports exports = new MagnetExports(
                feed.step(SeriesDefinition.step("trade.CN.WORLD.rare-earth-magnets.mean-2024", TONNE, SCALE)));
        BundledCsv.read("china_rare_earth_magnet_exports_monthly.csv", csv -> {
            final Source source = new Source(
                    "china_rare_earth_magnet_exports_monthly.csv: " + csv.getField("source"), Verification.CITED);
            final String month = csv.getField("month");
            final String tonnes = csv.getField("tonnes");
            if (month.equals(MEAN_OF_2024)) {
                exports.offerBaseline(feed, sources, source, tonnes);
            } else if (MONTH.matcher(month).matches()) {
                exports.offerMonth(
                        feed, sources, tonnes, month(feed, csv.getField("dest"), month, csv.getField("basis"), source));
            } else {
                exports.leftOut.add(month);
            }
        });
        return exports;
    }

    /** Returns the known months, in the order of the file. */
    public List<Month> months() {
        return List.copyOf(months);
    }

    /** Returns the periods of the skipped rows. */
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /** Returns the published average month of 2024, before the controls of April 2025. */
    public StepSeries baseline() {
        return baseline;
    }

    /** Returns the source of that average. */
    public Source baselineSource() {
        return baselineSource;
    }

    private static Month month(
            final Feed feed, final String destination, final String month, final String basis, final Source source) {
        final FlowSeries series =
                feed.flow(SeriesDefinition.flow("trade.CN." + destination + ".rare-earth-magnets", TONNE, SCALE));
        return new Month(YearMonth.parse(month), destination, basis, source, series);
    }

    private void offerMonth(final Feed feed, final Sources sources, final String tonnes, final Month month) {
        feed.event(
                month.series(),
                month.endNs(),
                month.series().scaled(tonnes),
                Instants.NONE,
                sources.number(month.source()));
        months.add(month);
    }

    private void offerBaseline(final Feed feed, final Sources sources, final Source source, final String tonnes) {
        final long startNs = ZONE.startOf(AddOnRate.STUDY_START);
        feed.level(baseline, startNs, baseline.scaled(tonnes), Instants.NONE, sources.number(source));
        baselineSource = source;
    }
}
