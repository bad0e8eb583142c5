package io.tollgate.examples.report.model;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A complete report. Immutable.
 *
 * <p>In leads, cells, notes and source lines {@code [n]} refers to the n-th of {@code sources}, counted from 1; the
 * page links it.
 *
 * @param title      one line.
 * @param subtitle   coverage and date of the report; may be empty.
 * @param highlights the most important numbers, about 6 or fewer; may be empty.
 * @param sections   in order.
 * @param sources    of the numbers, one line each with publisher, name, date and licence.
 * @param footer     origin of the report; may be empty.
 */
public record Report(
        String title,
        String subtitle,
        List<Highlight> highlights,
        List<Section> sections,
        List<String> sources,
        String footer) {
    /**
     * Copies the lists and checks that names are unique.
     *
     * @throws IllegalArgumentException if two sections or charts have the same id.
     */
    public Report {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(subtitle, "subtitle");
        Objects.requireNonNull(footer, "footer");
        highlights = List.copyOf(highlights);
        sections = List.copyOf(sections);
        sources = List.copyOf(sources);
        final Set<String> ids = new HashSet<>();
        for (final Section section : sections) {
            checkUnique(ids, section.id());
            for (final Chart chart : section.charts()) {
                checkUnique(ids, chart.id());
            }
        }
    }

    private static void checkUnique(final Set<String> ids, final String id) {
        if (!ids.add(id)) {
            throw new IllegalArgumentException(
                    "id=" + id + " is used twice, expected a different id for each section and chart");
        }
    }

    /**
     * An important number.
     *
     * @param label a few words.
     * @param value the number with its sign and unit, short.
     * @param note  its date or a comparison; may be empty.
     */
    public record Highlight(String label, String value, String note) {
        /** Checks that no component is missing. */
        public Highlight {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(note, "note");
        }
    }
}
