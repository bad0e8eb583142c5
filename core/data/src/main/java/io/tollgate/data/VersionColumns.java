package io.tollgate.data;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Unit;
import io.tollgate.core.config.ValidTimeCheck;
import io.tollgate.data.table.FileFormatException;
import io.tollgate.data.table.RowReader;
import java.util.List;
import java.util.Optional;

/** The rows of a file of versions, with its columns in any order. One thread at a time. */
final class VersionColumns {
    private static final List<String> REQUIRED =
            List.of(VersionTable.SERIES, VersionTable.VALID_TIME, VersionTable.VALUE, VersionTable.KNOWN_AT);
    private static final ValidTimeCheck VALID_TIMES = new ValidTimeCheck(false);

    private final RowReader rows;
    private final int series;
    private final int kind;
    private final int unit;
    private final int scale;
    private final int validTime;
    private final int value;
    private final int knownAt;
    private final int knownUntil;
    private final int reference;

    /**
     * Finds the columns.
     *
     * @throws FileFormatException if one is missing, there twice or unknown.
     */
    VersionColumns(final RowReader rows) throws FileFormatException {
        this.rows = rows;
        final List<String> names = rows.columns();
        final List<String> known =
                VersionTable.COLUMNS.stream().map(column -> column.name()).toList();
        if (!names.containsAll(REQUIRED)
                || !known.containsAll(names)
                || names.stream().distinct().count() != names.size()) {
            throw new FileFormatException(
                    1, "columns=" + names + ", expected " + REQUIRED + " and optionally others of " + known);
        }
        series = names.indexOf(VersionTable.SERIES);
        kind = names.indexOf(VersionTable.KIND);
        unit = names.indexOf(VersionTable.UNIT);
        scale = names.indexOf(VersionTable.SCALE);
        validTime = names.indexOf(VersionTable.VALID_TIME);
        value = names.indexOf(VersionTable.VALUE);
        knownAt = names.indexOf(VersionTable.KNOWN_AT);
        knownUntil = names.indexOf(VersionTable.KNOWN_UNTIL);
        reference = names.indexOf(VersionTable.REF);
    }

    /** Returns the key; the same object as long as the format repeats it. */
    String key() {
        return rows.text(series);
    }

    /**
     * Returns the definition by the columns kind, unit and scale, with the default policies of the kind.
     *
     * @param template terms of a file without these columns.
     * @throws IllegalArgumentException if the row has none, or they are invalid.
     */
    SeriesDefinition definition(final Optional<SeriesDefinition> template) {
        if (template.isPresent()) {
            return template.get().withKey(key());
        }
        if (kind < 0 || unit < 0 || scale < 0) {
            throw new IllegalArgumentException("series=" + key()
                    + " is not defined, expected columns kind, unit and scale, or a file of series beside this one");
        }
        final Unit named = new Unit(rows.text(unit));
        final int digits = (int) rows.integer(scale);
        return SeriesTable.constant(SeriesKind.class, rows, kind) == SeriesKind.STEP
                ? SeriesDefinition.step(key(), named, digits)
                : SeriesDefinition.flow(key(), named, digits);
    }

    /**
     * Adds the version of the current row.
     *
     * @throws IllegalArgumentException if the row is refused; the message says why.
     */
    void addTo(final SeriesVersions versions, final Series target) {
        final SeriesDefinition definition = target.definition();
        requireSame(kind, definition.kind().name());
        requireSame(unit, definition.unit().name());
        if (scale >= 0 && rows.integer(scale) != definition.scale()) {
            requireSame(scale, Integer.toString(definition.scale()));
        }
        final long validTimeNs = rows.instantNs(validTime);
        VALID_TIMES.require(VersionTable.VALID_TIME, validTimeNs);
        final long knownAtNs = rows.instantNs(knownAt);
        final long knownUntilNs =
                knownUntil < 0 || rows.isEmpty(knownUntil) ? Instants.NONE : rows.instantNs(knownUntil);
        if (knownUntilNs != Instants.NONE && knownUntilNs < knownAtNs) {
            throw new IllegalArgumentException(
                    "known_until=" + rows.text(knownUntil) + ", expected known_at=" + rows.text(knownAt) + " or later");
        }
        versions.add(validTimeNs, value(definition), knownAtNs, knownUntilNs, reference(), rows.rowNumber());
    }

    private void requireSame(final int column, final String expected) {
        if (column >= 0 && !rows.text(column).equals(expected)) {
            throw new IllegalArgumentException(
                    "series=" + key() + ' ' + rows.columns().get(column) + '=' + rows.text(column) + ", expected "
                            + expected + " as in the definition of the series");
        }
    }

    private long value(final SeriesDefinition definition) {
        if (!rows.isEmpty(value)) {
            return rows.scaled(value, definition.scale());
        }
        if (definition.kind() != SeriesKind.STEP) {
            throw new IllegalArgumentException("series=" + definition.key()
                    + " value is empty, expected a number: only a STEP can be unknown from an instant on");
        }
        return Decimals.UNKNOWN;
    }

    private long reference() {
        if (reference < 0 || rows.isEmpty(reference)) {
            return Publisher.NO_REFERENCE;
        }
        final long given = rows.integer(reference);
        if (given == Publisher.NO_REFERENCE) {
            throw new IllegalArgumentException("ref=" + given + ", expected an integer above -2^63");
        }
        return given;
    }
}
