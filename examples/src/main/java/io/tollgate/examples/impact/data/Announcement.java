package io.tollgate.examples.impact.data;

import io.tollgate.api.series.Instants;
import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.impact.source.TimelineEvent;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A rate that was announced and never in force.
 *
 * @param series       the rate.
 * @param measure      the announcement.
 * @param intendedNs   planned start, {@link Instants#NONE} if the sources name no instant.
 * @param supersededNs instant at which it was known that it would not start.
 */
public record Announcement(String series, TimelineEvent measure, long intendedNs, long supersededNs) {
    /** Reads the bundled list in the order of the announcements. */
    public static List<Announcement> load(final Timeline timeline) throws IOException {
        final List<Announcement> announcements = new ArrayList<>();
        BundledCsv.read("announced_never_in_force.csv", csv -> {
            final TimelineEvent measure = timeline.get(csv.getField("event_id"));
            final String successor = csv.getField("superseded_by");
            final boolean hasOwnInstant = measure.effectiveNs() != Instants.NONE || successor.isEmpty();
            announcements.add(new Announcement(
                    csv.getField("series"),
                    measure,
                    hasOwnInstant
                            ? measure.effectiveNs()
                            : timeline.get(successor).effectiveNs(),
                    measure.zone().endOf(LocalDate.parse(csv.getField("superseded_date")))));
        });
        return announcements;
    }
}
