package io.tollgate.examples.impact.data;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tariff of one side on each product of the other, 2018 to 2020. There is one series for each 6-digit code of the
 * Harmonized System: the most-favoured-nation rate plus the duties of the trade war.
 *
 * <p>The file is a grid of levels, code by date. A cell equal to the one before it is no change and gives no point. A
 * blank cell is a point with an unknown level.
 */
public final class Hs6Tariffs {
    private static final int SCALE = 6;

    private final Direction direction;
    private final Map<String, StepSeries> series = new LinkedHashMap<>();
    private final Map<String, Long> lastValues = new HashMap<>();
    private final Map<LocalDate, Moment> moments = new HashMap<>();
    private final SortedMap<Moment, List<Change>> changes = new TreeMap<>();

    private Hs6Tariffs(final Direction direction) {
        this.direction = direction;
    }

    /**
     * An instant at which rates begin or change.
     *
     * @param atNs         the instant.
     * @param verification of its time of day.
     */
    public record Moment(long atNs, Verification verification) implements Comparable<Moment> {
        @Override
        public int compareTo(final Moment other) {
            return Long.compare(atNs, other.atNs);
        }
    }

    private record Change(StepSeries series, long value) {}

    /** The imposer and the target of the tariff, and the format of its file. */
    public enum Direction {
        /** US tariffs on goods from China: in force from 00:01 New York. */
        US_ON_CN(
                "us_tariffs_on_china_hs6_2018_2020.csv.gz",
                "tariff_pct",
                "tariff.US.CN.hs6.",
                "US",
                Zone.NEW_YORK,
                LocalTime.of(0, 1),
                new Source(
                        "us_tariffs_on_china_hs6_2018_2020.csv: MFN + section 301 by HS6, Mike Waugh, github"
                                + " mwaugh0328/tradewar-tracker @753b3516, MIT",
                        Verification.FILE)),
        /**
         * Chinese tariffs on goods from the US: in force from the timeline's instant on that day, or from 00:00
         * Shanghai if it has none.
         */
        CN_ON_US(
                "china_tariffs_on_us_hs6_2018_2020.csv.gz",
                "tariff",
                "tariff.CN.US.hs6.",
                "CN",
                Zone.SHANGHAI,
                LocalTime.MIDNIGHT,
                new Source(
                        "china_tariffs_on_us_hs6_2018_2020.csv: MFN + retaliation by HS6, Mike Waugh, github"
                                + " mwaugh0328/tradewar-tracker @753b3516, MIT",
                        Verification.FILE));

        private final String file;
        private final String column;
        private final String keyPrefix;
        private final String imposer;
        private final Zone zone;
        private final LocalTime timeOfDay;
        private final Source source;

        Direction(
                final String file,
                final String column,
                final String keyPrefix,
                final String imposer,
                final Zone zone,
                final LocalTime timeOfDay,
                final Source source) {
            this.file = file;
            this.column = column;
            this.keyPrefix = keyPrefix;
            this.imposer = imposer;
            this.zone = zone;
            this.timeOfDay = timeOfDay;
            this.source = source;
        }

        /** Returns the source of the rates. */
        public Source source() {
            return source;
        }
    }

    public static Hs6Tariffs load(
            final Direction direction, final Feed feed, final Sources sources, final Timeline timeline)
            throws IOException {
        final Hs6Tariffs tariffs = new Hs6Tariffs(direction);
        BundledCsv.read(
                direction.file,
                csv -> tariffs.add(
                        feed,
                        timeline,
                        csv.getField("hs6"),
                        LocalDate.parse(csv.getField("time_of_tariff")),
                        csv.getField(direction.column)));
        final long reference = sources.number(direction.source);
        // Offered in the order of arrival: up to thousands of rates at one instant.
        tariffs.changes.forEach((moment, changed) -> changed.forEach(
                change -> feed.level(change.series(), moment.atNs(), change.value(), Instants.NONE, reference)));
        return tariffs;
    }

    /** Returns the series by code. */
    public Map<String, StepSeries> series() {
        return Collections.unmodifiableMap(series);
    }

    /** Returns the instants at which rates begin or change, in order. */
    public Set<Moment> moments() {
        return Collections.unmodifiableSet(changes.keySet());
    }

    /** Returns the source of the rates. */
    public Source source() {
        return direction.source;
    }

    private void add(
            final Feed feed, final Timeline timeline, final String code, final LocalDate date, final String rate) {
        final StepSeries step = series.computeIfAbsent(
                code, c -> feed.step(SeriesDefinition.step(direction.keyPrefix + c, Unit.PERCENT, SCALE)));
        // The file contains binary rounding errors: 4.3999999999999995 is 4.4.
        final long value =
                rate.isBlank() ? Decimals.UNKNOWN : step.scaled(new BigDecimal(rate), RoundingMode.HALF_EVEN);
        final Long before = lastValues.put(code, value);
        if (before == null || before != value) {
            final Moment moment = moments.computeIfAbsent(date, d -> moment(timeline, d));
            changes.computeIfAbsent(moment, m -> new ArrayList<>()).add(new Change(step, value));
        }
    }

    private Moment moment(final Timeline timeline, final LocalDate date) {
        return timeline.effectiveOn(direction.imposer, date)
                .map(measure ->
                        new Moment(measure.effectiveNs(), measure.source().verification()))
                .orElseGet(() -> new Moment(direction.zone.at(date, direction.timeOfDay), Verification.FILE));
    }
}
