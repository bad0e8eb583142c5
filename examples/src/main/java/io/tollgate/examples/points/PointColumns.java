package io.tollgate.examples.points;

import io.tollgate.examples.csv.CsvLine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The positions of the columns, as named by the header in any order.
 *
 * @param count     number of columns in the file.
 * @param series    column of the series' key.
 * @param time      column of the valid time.
 * @param value     column of the value.
 * @param knownAt   column of the knowledge time, {@link #ABSENT} if there is none.
 * @param reference column of the reference, {@link #ABSENT} if there is none.
 */
public record PointColumns(int count, int series, int time, int value, int knownAt, int reference) {
    /** An optional column that the file does not have. */
    public static final int ABSENT = -1;

    private static final List<String> REQUIRED = List.of("series", "time", "value");
    private static final List<String> OPTIONAL = List.of("known_at", "ref");

    /** The columns of a header, for messages. */
    public static final String EXPECTED = "expected the columns series, time, value and optionally known_at, ref";

    /**
     * Parses a header. A column of another name is refused, because it may be one of these, misspelt.
     *
     * @param header        the first record of the file.
     * @param named         other names of columns in the file, by the usual ones.
     * @param ignoresOthers true to accept further columns.
     * @return its columns.
     * @throws IllegalArgumentException if the header is not usable; the message says why.
     */
    public static PointColumns of(final CsvLine header, final Map<String, String> named, final boolean ignoresOthers) {
        final List<String> names = renamed(header.fields(), named);
        if (!names.containsAll(REQUIRED)) {
            throw new IllegalArgumentException("header=" + header.text() + ", " + EXPECTED);
        }
        for (final String name : names) {
            if (!ignoresOthers && !REQUIRED.contains(name) && !OPTIONAL.contains(name)) {
                throw new IllegalArgumentException("header with the unknown column '" + name + "', " + EXPECTED);
            }
        }
        final List<String> used = names.stream()
                .filter(name -> REQUIRED.contains(name) || OPTIONAL.contains(name))
                .toList();
        if (new HashSet<>(used).size() != used.size()) {
            throw new IllegalArgumentException("header=" + header.text() + " contains a column twice; " + EXPECTED);
        }
        return new PointColumns(
                names.size(),
                names.indexOf("series"),
                names.indexOf("time"),
                names.indexOf("value"),
                names.indexOf("known_at"),
                names.indexOf("ref"));
    }

    /** Returns the usual names. A column with a usual name that another column stands for loses it. */
    private static List<String> renamed(final List<String> columns, final Map<String, String> named) {
        final Map<String, String> usual = new HashMap<>();
        named.forEach((name, column) -> {
            if (!columns.contains(column)) {
                throw new IllegalArgumentException(
                        "header without the column '" + column + "', expected it as " + name + " (--columns)");
            }
            usual.put(column, name);
        });
        return columns.stream()
                .map(column -> usual.containsKey(column)
                        ? usual.get(column)
                        : named.containsKey(column) ? "(other " + column + ")" : column)
                .toList();
    }

    /**
     * Returns true if the file contains the knowledge times of its points.
     *
     * @return false if it has no such column.
     */
    public boolean hasKnownAt() {
        return knownAt != ABSENT;
    }

    /**
     * Returns true if the file contains the references of its points.
     *
     * @return false if it has no such column.
     */
    public boolean hasReference() {
        return reference != ABSENT;
    }
}
