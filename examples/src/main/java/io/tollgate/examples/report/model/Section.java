package io.tollgate.examples.report.model;

import java.util.List;
import java.util.Objects;

/**
 * One question of a report and its answer: a lead, then charts, then tables. Immutable.
 *
 * @param id     name of the section in links: a letter a-z, then letters a-z, digits and hyphens; unique in the report.
 * @param title  a few words, because it is in the navigation too.
 * @param lead   the answer in one paragraph; may be empty; {@code [3]} in it refers to the report's third source.
 * @param tables in order; may be empty.
 * @param charts in order; may be empty.
 */
public record Section(String id, String title, String lead, List<Table> tables, List<Chart> charts) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if the id is malformed.
     */
    public Section {
        Identifier.check(id);
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(lead, "lead");
        tables = List.copyOf(tables);
        charts = List.copyOf(charts);
    }
}
