package io.tollgate.examples.impact.data;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.impact.source.TimelineEvent;
import io.tollgate.examples.impact.source.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The measures of each side as events. A tightening measure counts 1 on its day of announcement, and so does an easing
 * one, in separate series.
 *
 * @param acts every measure of the two sides, in the order of announcement.
 */
public record TruceConduct(List<Act> acts) {
    private static final Set<String> TIGHTENING = Set.of("impose", "raise", "control", "hold", "list", "announce");
    private static final Set<String> EASING = Set.of("cut", "exclude", "suspend", "extend", "license", "void");
    /** A suspension of licences is not a suspension of a measure. */
    private static final Set<String> LICENCES = Set.of("licence");

    private static final Map<String, String> SIDES = Map.of("US", "US", "CN", "China");

    /** The direction of a measure. */
    public enum Direction {
        /** Makes trade harder. */
        TIGHTENING,
        /** Makes trade easier. */
        EASING
    }

    /**
     * A measure.
     *
     * @param side      that took it.
     * @param direction of the measure.
     * @param measure   event of the timeline.
     * @param series    that counts it.
     */
    public record Act(String side, Direction direction, TimelineEvent measure, FlowSeries series) {}

    public static TruceConduct load(final Feed feed, final Sources sources, final Timeline timeline) {
        final List<Act> acts = new ArrayList<>();
        timeline.measures().stream()
                .filter(measure -> SIDES.containsKey(measure.imposer()))
                .sorted(Comparator.comparingLong(TimelineEvent::knownNs))
                .forEach(measure -> {
                    final boolean isLicence = LICENCES.contains(measure.instrument());
                    if (TIGHTENING.contains(measure.kind()) || isLicence) {
                        acts.add(act(feed, sources, measure, Direction.TIGHTENING));
                    } else if (EASING.contains(measure.kind())) {
                        acts.add(act(feed, sources, measure, Direction.EASING));
                    }
                });
        return new TruceConduct(List.copyOf(acts));
    }

    private static Act act(
            final Feed feed, final Sources sources, final TimelineEvent measure, final Direction direction) {
        final String name = direction.name().toLowerCase(Locale.ROOT);
        final FlowSeries series = series(feed, measure.imposer(), name);
        feed.event(series, measure.knownNs(), 1, measure.knownNs(), Publisher.NO_REFERENCE);
        sources.number(measure.source());
        return new Act(SIDES.get(measure.imposer()), direction, measure, series);
    }

    static FlowSeries series(final Feed feed, final String imposer, final String direction) {
        return feed.flow(SeriesDefinition.flow("measures." + imposer + "." + direction, Unit.COUNT, 0)
                .withLifeStart(Zone.NEW_YORK.startOf(AddOnRate.STUDY_START)));
    }
}
