package io.tollgate.examples.impact.data;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.impact.source.TimelineEvent;
import java.util.List;

/**
 * The end of the truce of Geneva as a series. Its level is the end as known, in seconds since the epoch. Each extension
 * changes it on the day of its announcement.
 *
 * @param series the end, a level in {@code EPOCH_SECOND}.
 */
public record TruceEnd(StepSeries series) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final List<String> EVENTS = List.of("GENEVA-US", "TRUCE-EXT-1", "TRUCE-EXT-2");

    public static TruceEnd load(final Feed feed, final Sources sources, final Timeline timeline) {
        final StepSeries series = feed.step(SeriesDefinition.step("truce.US.CN.end", new Unit("EPOCH_SECOND"), 0));
        for (final String event : EVENTS) {
            final TimelineEvent measure = timeline.get(event);
            feed.level(
                    series,
                    measure.knownNs(),
                    Math.floorDiv(measure.scheduledEndNs(), NANOS_PER_SECOND),
                    measure.knownNs(),
                    sources.number(measure.source()));
        }
        return new TruceEnd(series);
    }

    /** Converts a level of this series to an instant. */
    public static long instantNs(final long epochSecond) {
        return Instants.requireInRange(Math.multiplyExact(epochSecond, NANOS_PER_SECOND));
    }
}
