package io.tollgate.examples.impact.data;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.finding.Answers;
import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.impact.source.TimelineEvent;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The duty that one side added on all goods of the other, in percent of their value, at the true instants. It is 0 from
 * the start of the study to its first level.
 *
 * @param imposer   name for the reader.
 * @param zone      zone of the dates of its levels.
 * @param inForce   the levels in force.
 * @param announced the levels that were announced and never in force, each from its announcement until it was
 *                  superseded. Between them the level is unknown, because no level was announced.
 */
public record AddOnRate(String imposer, Zone zone, StepSeries inForce, StepSeries announced) {
    /** Start of the series of this study; no such duty was in force then. */
    public static final LocalDate STUDY_START = LocalDate.of(2018, 1, 1);

    /** The averaging windows, kept up to date by the engine. */
    public static final List<Window.Sliding> WINDOWS = List.of(
            Window.sliding(Duration.ofDays(30)),
            Window.sliding(Duration.ofDays(90)),
            Window.sliding(Duration.ofDays(365)));

    private static final int SCALE = 6;
    private static final Source NONE_BEFORE = new Source(
            "headline_levels.csv: no such duty before the first level, 0 from 2018-01-01", Verification.CITED);

    /** The US duties under IEEPA on goods from China (fentanyl and reciprocal). */
    public static AddOnRate loadUnitedStates(
            final Feed feed, final Answers answers, final Sources sources, final Timeline timeline) throws IOException {
        final AddOnRate rate = define(feed, "US", Zone.NEW_YORK, "tariff.US.CN.ieepa");
        rate.load("US_IEEPA_ADDL_ON_CN", feed, answers, sources, timeline);
        return rate;
    }

    /** The Chinese duties on all goods from the US. */
    public static AddOnRate loadChina(
            final Feed feed, final Answers answers, final Sources sources, final Timeline timeline) throws IOException {
        final AddOnRate rate = define(feed, "China", Zone.SHANGHAI, "tariff.CN.US.all-goods");
        rate.load("CN_ADDL_ON_US_ALL_GOODS", feed, answers, sources, timeline);
        return rate;
    }

    private static AddOnRate define(final Feed feed, final String imposer, final Zone zone, final String key) {
        final SeriesDefinition definition = SeriesDefinition.step(key, Unit.PERCENT, SCALE);
        return new AddOnRate(
                imposer,
                zone,
                feed.step(definition.withWindows(WINDOWS.toArray(Window[]::new))),
                feed.step(SeriesDefinition.step(key + ".announced", Unit.PERCENT, SCALE)));
    }

    private void load(
            final String name, final Feed feed, final Answers answers, final Sources sources, final Timeline timeline)
            throws IOException {
        final long startNs = zone.startOf(STUDY_START);
        feed.level(inForce, startNs, 0, startNs, sources.number(NONE_BEFORE));
        final List<Announcement> pending = new ArrayList<>(Announcement.load(timeline));
        pending.removeIf(announcement -> !announcement.series().equals(name));
        BundledCsv.read("headline_levels.csv", csv -> {
            if (csv.getField("series").equals(name)) {
                final TimelineEvent measure = timeline.get(csv.getField("source_event"));
                // Knowledge times of a series never decrease, so earlier announcements are offered first.
                while (!pending.isEmpty() && pending.get(0).measure().knownNs() <= measure.knownNs()) {
                    announce(pending.remove(0), feed, answers, sources);
                }
                feed.level(
                        inForce,
                        Instants.parse(csv.getField("effective_instant")),
                        inForce.scaled(csv.getField("level_pct")),
                        measure.knownNs(),
                        sources.number(measure.source()));
            }
        });
    }

    /**
     * Offers an announced level: the level in force at its announcement plus the announced change. It goes into the
     * series itself, and the superseding level revises it there at the same instant. It also goes into the series of
     * announcements.
     */
    private void announce(
            final Announcement announcement, final Feed feed, final Answers answers, final Sources sources) {
        final TimelineEvent measure = announcement.measure();
        final long knownNs = measure.knownNs();
        final long reference = sources.number(measure.source());
        feed.publish();
        final long level = answers.level(inForce, knownNs).scaledValue() + inForce.scaled(measure.deltaPp());
        feed.level(inForce, announcement.intendedNs(), level, knownNs, reference);
        feed.level(announced, knownNs, level, knownNs, reference);
        feed.level(announced, announcement.supersededNs(), Decimals.UNKNOWN, announcement.supersededNs(), reference);
    }
}
