package io.tollgate.examples.impact.data;

import io.tollgate.api.Amendment;
import io.tollgate.api.measure.Measure;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.impact.source.TimelineEvent;
import io.tollgate.examples.impact.source.Zone;
import java.io.IOException;

/**
 * The US reciprocal duty on goods from China, with all announcements: 34% that never took effect, 84%, 125%, then 34%
 * partly suspended until a date that was moved twice. The end of a suspension is a pending level until it is moved.
 *
 * @param series the rate in force, and pending rates.
 */
public record ReciprocalDuty(StepSeries series) {
    private static final int SCALE = 6;

    public static ReciprocalDuty load(final Feed feed, final Sources sources, final Timeline timeline)
            throws IOException {
        final StepSeries series = feed.step(SeriesDefinition.step("tariff.US.CN.reciprocal", Unit.PERCENT, SCALE));
        for (final Amendment amendment : life(series, sources, timeline).amendments()) {
            feed.amend(series, amendment);
        }
        return new ReciprocalDuty(series);
    }

    private static Measure life(final StepSeries series, final Sources sources, final Timeline timeline)
            throws IOException {
        final Announcement never = Announcement.load(timeline).stream()
                .filter(announcement -> announcement.measure().id().equals("US-RECIP-ANNOUNCE"))
                .findFirst()
                .orElseThrow();
        final long onTheBooks = series.scaled(never.measure().deltaPp());
        final Event base = new Event(timeline.get("US-RECIP-BASE"), series, sources);
        final Event to84 = new Event(timeline.get("US-RECIP-84"), series, sources);
        final Event to125 = new Event(timeline.get("US-RECIP-125"), series, sources);
        final Event geneva = new Event(timeline.get("GENEVA-US"), series, sources);
        final Event first = new Event(timeline.get("TRUCE-EXT-1"), series, sources);
        final Event second = new Event(timeline.get("TRUCE-EXT-2"), series, sources);
        final Event end = new Event(timeline.get("US-IEEPA-VOID"), series, sources);
        return Measure.since(Zone.NEW_YORK.startOf(AddOnRate.STUDY_START))
                .citing(base.source())
                .impose(base.knownNs(), base.fromNs(), base.level())
                .citing(sources.number(never.measure().source()))
                .change(never.measure().knownNs(), never.intendedNs(), onTheBooks)
                .citing(to84.source())
                .change(to84.knownNs(), to84.fromNs(), to84.level())
                .citing(to125.source())
                .change(to125.knownNs(), to125.fromNs(), to125.level())
                .citing(geneva.source())
                .change(geneva.knownNs(), geneva.fromNs(), onTheBooks)
                .suspend(geneva.knownNs(), geneva.fromNs(), geneva.untilNs(), onTheBooks - geneva.level())
                .citing(first.source())
                .extend(first.knownNs(), first.untilNs())
                .citing(second.source())
                .extend(second.knownNs(), second.untilNs())
                .citing(end.source())
                .voidFrom(end.knownNs(), end.fromNs());
    }

    /** An event of the timeline, applied to the series. */
    private record Event(TimelineEvent measure, StepSeries series, Sources sources) {
        long knownNs() {
            return measure.knownNs();
        }

        long fromNs() {
            return measure.effectiveNs();
        }

        long untilNs() {
            return measure.scheduledEndNs();
        }

        long level() {
            return series.scaled(measure.levelPct());
        }

        long source() {
            return sources.number(measure.source());
        }
    }
}
