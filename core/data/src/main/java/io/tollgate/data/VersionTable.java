package io.tollgate.data;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.ColumnType;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.util.List;

/** The columns of a file of versions. */
public final class VersionTable {
    static final String SERIES = "series";
    static final String KIND = "kind";
    static final String UNIT = "unit";
    static final String SCALE = "scale";
    static final String VALID_TIME = "valid_time";
    static final String VALUE = "value";
    static final String KNOWN_AT = "known_at";
    static final String KNOWN_UNTIL = "known_until";
    static final String REF = "ref";

    /** The columns in their order. */
    public static final List<Column> COLUMNS = List.of(
            new Column(SERIES, ColumnType.TEXT),
            new Column(KIND, ColumnType.TEXT),
            new Column(UNIT, ColumnType.TEXT),
            new Column(SCALE, ColumnType.INT),
            new Column(VALID_TIME, ColumnType.INSTANT),
            new Column(VALUE, ColumnType.DECIMAL),
            new Column(KNOWN_AT, ColumnType.INSTANT),
            new Column(KNOWN_UNTIL, ColumnType.INSTANT),
            new Column(REF, ColumnType.LONG));

    private VersionTable() {}

    /** Writes a version: an unknown value, no end and no reference are empty. */
    static void write(
            final RowWriter writer,
            final SeriesDefinition series,
            final long validTimeNs,
            final long value,
            final long knownAtNs,
            final long knownUntilNs,
            final long reference)
            throws IOException {
        writer.text(series.key());
        writer.text(series.kind().name());
        writer.text(series.unit().name());
        writer.integer(series.scale());
        writer.instant(validTimeNs);
        if (value == Decimals.UNKNOWN) {
            writer.empty();
        } else {
            writer.decimal(value, series.scale());
        }
        writer.instant(knownAtNs);
        if (knownUntilNs == Instants.NONE) {
            writer.empty();
        } else {
            writer.instant(knownUntilNs);
        }
        if (reference == Publisher.NO_REFERENCE) {
            writer.empty();
        } else {
            writer.integer(reference);
        }
        writer.endRow();
    }
}
