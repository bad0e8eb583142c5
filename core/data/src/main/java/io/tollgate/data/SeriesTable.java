package io.tollgate.data;

import io.tollgate.api.read.LifeReading;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.SeriesPolicies;
import io.tollgate.api.series.Unit;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.ColumnType;
import io.tollgate.data.table.RowReader;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The columns of a file of series: the definition and the life of each. */
public final class SeriesTable {
    /** The columns in their order. */
    public static final List<Column> COLUMNS = List.of(
            new Column(VersionTable.SERIES, ColumnType.TEXT),
            new Column(VersionTable.KIND, ColumnType.TEXT),
            new Column(VersionTable.UNIT, ColumnType.TEXT),
            new Column(VersionTable.SCALE, ColumnType.INT),
            new Column("duplicates", ColumnType.TEXT),
            new Column("heartbeat", ColumnType.TEXT),
            new Column("period", ColumnType.TEXT),
            new Column("windows", ColumnType.TEXT),
            new Column("shapes", ColumnType.TEXT),
            new Column("life_start", ColumnType.INSTANT),
            new Column("life_end", ColumnType.INSTANT),
            new Column("life_end_known_at", ColumnType.INSTANT),
            new Column("successor", ColumnType.TEXT));

    private static final List<String> NAMES = COLUMNS.stream().map(Column::name).toList();

    private SeriesTable() {}

    /**
     * A series of the file.
     *
     * @param definition     of the series.
     * @param lifeEndNs      end of its life in ns, {@link Instants#NONE} while it is open.
     * @param endKnownAtNs   knowledge time of the end in ns, NONE while it is open.
     * @param successor      key of the series that follows, empty for none.
     * @param rowNumber      of the file.
     */
    record Entry(SeriesDefinition definition, long lifeEndNs, long endKnownAtNs, String successor, long rowNumber) {
        boolean isClosed() {
            return lifeEndNs != Instants.NONE;
        }
    }

    /** Writes a series. The life was read as of the knowledge time of the dump. */
    static void write(
            final RowWriter writer, final Series series, final LifeReading life, final Optional<Series> successor)
            throws IOException {
        final SeriesDefinition definition = series.definition();
        final SeriesPolicies policies = definition.policies();
        writer.text(definition.key());
        writer.text(definition.kind().name());
        writer.text(definition.unit().name());
        writer.integer(definition.scale());
        writer.text(policies.duplicates().name());
        text(writer, policies.heartbeatNs() == 0 ? "" : TermText.duration(policies.heartbeatNs()));
        text(writer, policies.period().map(TermText::period).orElse(""));
        text(writer, TermText.windows(definition.windows()));
        text(writer, definition.keepsShapes() ? "yes" : "");
        instant(writer, policies.lifeStartNs());
        instant(writer, life.endNs());
        instant(writer, life.endKnownAtNs());
        text(writer, successor.map(Series::key).orElse(""));
        writer.endRow();
    }

    private static void text(final RowWriter writer, final String text) throws IOException {
        if (text.isEmpty()) {
            writer.empty();
        } else {
            writer.text(text);
        }
    }

    private static void instant(final RowWriter writer, final long instantNs) throws IOException {
        if (instantNs == Instants.NONE) {
            writer.empty();
        } else {
            writer.instant(instantNs);
        }
    }

    /**
     * Refuses a file with other columns.
     *
     * @param file of series.
     * @throws IllegalArgumentException if the columns are not those of a file of series; the message names them.
     */
    static void requireColumns(final RowReader file) {
        if (!file.columns().equals(NAMES)) {
            throw new IllegalArgumentException(
                    "columns=" + file.columns() + ", expected " + NAMES + " in a file of series");
        }
    }

    /**
     * Parses the current row.
     *
     * @param row of a file with the columns of a file of series.
     * @return the series.
     * @throws IllegalArgumentException if the row is refused; the message says why.
     */
    static Entry parse(final RowReader row) {
        if (!row.fault().isEmpty()) {
            throw new IllegalArgumentException(row.fault());
        }
        final String heartbeat = row.text(5);
        final String period = row.text(6);
        final SeriesPolicies policies = new SeriesPolicies(
                constant(DuplicatePolicy.class, row, 4),
                heartbeat.isEmpty() ? 0 : TermText.durationNs(heartbeat),
                instantNs(row, 9),
                period.isEmpty() ? Optional.empty() : Optional.of(TermText.parsePeriod(period)));
        final SeriesDefinition definition = new SeriesDefinition(
                row.text(0),
                constant(SeriesKind.class, row, 1),
                new Unit(row.text(2)),
                (int) row.integer(3),
                policies,
                TermText.parseWindows(row.text(7)),
                isYes(row, 8));
        return new Entry(definition, instantNs(row, 10), instantNs(row, 11), row.text(12), row.rowNumber());
    }

    private static boolean isYes(final RowReader row, final int column) {
        final String text = row.text(column);
        if (!text.isEmpty() && !text.equals("yes")) {
            throw new IllegalArgumentException(NAMES.get(column) + "=" + text + ", expected yes, or blank for no");
        }
        return !text.isEmpty();
    }

    private static long instantNs(final RowReader row, final int column) {
        return row.isEmpty(column) ? Instants.NONE : row.instantNs(column);
    }

    /** Parses the name of a constant. */
    static <E extends Enum<E>> E constant(final Class<E> type, final RowReader row, final int column) {
        final String text = row.text(column);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(row.columns().get(column) + "=" + text
                        + ", expected one of " + Arrays.toString(type.getEnumConstants())));
    }
}
