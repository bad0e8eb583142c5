package io.tollgate.examples.impact.data;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.impact.source.TimelineEvent;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import java.io.IOException;
import java.util.List;

/**
 * The US duties on China under section 301 of the Trade Act, by list of products, from the timeline.
 *
 * @param lists       in the order in which they took effect.
 * @param neverActive the rate of list 4B: announced, never in force.
 */
public record Section301(List<ProductList> lists, StepSeries neverActive) {
    private static final int SCALE = 6;
    private static final Source NONE_BEFORE =
            new Source("Section 301: no duty on a list before its first level, 0 from 2018-01-01", Verification.CITED);

    /**
     * The duty on one list.
     *
     * @param name of the list.
     * @param rate in percent.
     */
    public record ProductList(String name, StepSeries rate) {}

    public static Section301 load(final Feed feed, final Sources sources, final Timeline timeline) throws IOException {
        return new Section301(
                List.of(
                        list(feed, sources, timeline, "1", "US-301-L1"),
                        list(feed, sources, timeline, "2", "US-301-L2"),
                        list(feed, sources, timeline, "3", "US-301-L3", "US-301-L3-RAISE"),
                        list(feed, sources, timeline, "4A", "US-301-L4A", "US-301-L4A-CUT")),
                neverActive(feed, sources, timeline));
    }

    private static ProductList list(
            final Feed feed,
            final Sources sources,
            final Timeline timeline,
            final String name,
            final String... events) {
        final StepSeries rate = define(feed, name);
        final long startNs = Zone.NEW_YORK.startOf(AddOnRate.STUDY_START);
        feed.level(rate, startNs, 0, startNs, sources.number(NONE_BEFORE));
        for (final String event : events) {
            timeline.get(event).feedLevel(feed, sources, rate);
        }
        return new ProductList(name, rate);
    }

    private static StepSeries neverActive(final Feed feed, final Sources sources, final Timeline timeline)
            throws IOException {
        final StepSeries rate = define(feed, "4B.announced");
        for (final Announcement announcement : Announcement.load(timeline)) {
            if (announcement.series().equals("US_301_LIST_4B")) {
                final TimelineEvent measure = announcement.measure();
                final long reference = sources.number(measure.source());
                feed.level(rate, measure.knownNs(), rate.scaled(measure.deltaPp()), measure.knownNs(), reference);
                feed.level(rate, announcement.supersededNs(), Decimals.UNKNOWN, announcement.supersededNs(), reference);
            }
        }
        return rate;
    }

    private static StepSeries define(final Feed feed, final String name) {
        return feed.step(SeriesDefinition.step("tariff.US.CN.s301.list" + name, Unit.PERCENT, SCALE));
    }
}
