package io.tollgate.examples.impact.source;

import io.tollgate.api.series.Instants;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The measures and events between the US and China, 2018 to 2026, each with its source. */
public final class Timeline {
    /** First day of the London talks; the event {@code LONDON} has the date of the last day. */
    public static final LocalDate LONDON_TALKS = LocalDate.of(2025, 6, 9);

    private static final String FILE = "us_china_measures_timeline.csv";

    private final Map<String, TimelineEvent> measures = new LinkedHashMap<>();

    /** Reads the bundled timeline. */
    public static Timeline load() throws IOException {
        final Timeline timeline = new Timeline();
        BundledCsv.read(FILE, csv -> {
            final TimelineEvent measure = TimelineEvent.of(csv);
            timeline.measures.put(measure.id(), measure);
        });
        return timeline;
    }

    /**
     * Returns a measure.
     *
     * @param id of the event.
     * @throws IllegalArgumentException if the timeline has no such event.
     */
    public TimelineEvent get(final String id) {
        final TimelineEvent measure = measures.get(id);
        if (measure == null) {
            throw new IllegalArgumentException("event=" + id + ", expected one of " + FILE);
        }
        return measure;
    }

    /** Returns all measures, in the order of the file. */
    public Collection<TimelineEvent> measures() {
        return Collections.unmodifiableCollection(measures.values());
    }

    /** Returns the first tariff measure of an imposer that takes effect on a date in its own zone. */
    public Optional<TimelineEvent> effectiveOn(final String imposer, final LocalDate date) {
        return measures.values().stream()
                .filter(m -> m.imposer().equals(imposer) && m.effectiveNs() != Instants.NONE)
                .filter(m -> m.zone().dateOf(m.effectiveNs()).equals(date))
                .findFirst();
    }
}
