package io.tollgate.duckdb;

import io.tollgate.data.DumpOptions;
import io.tollgate.data.SeriesRows;
import io.tollgate.data.SeriesSource;
import io.tollgate.data.SeriesTable;
import io.tollgate.data.VersionRows;
import io.tollgate.data.VersionTable;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.RowProducer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.duckdb.DuckDBConnection;

/**
 * An engine or a data directory as tables of SQL:
 *
 * <ul>
 *   <li>{@code series}: the definition and the life of each series, with the columns of {@link SeriesTable};
 *   <li>{@code points}: the versions that count, with the columns of {@link VersionTable};
 *   <li>{@code versions}: all versions, with the same columns;
 *   <li>{@code metrics(window, metric)}: {@code series, time, value, status} of a window at the engine clock, for
 *       example {@code metrics('30d', 'mean')}.
 * </ul>
 *
 * <pre>{@code
 * try (DirectoryView view = DirectoryView.open(directory);
 *         Connection connection = SqlTables.connect(SeriesSource.of(view), () -> view.now().orElseThrow());
 *         Statement statement = connection.createStatement();
 *         ResultSet row = statement.executeQuery("SELECT series, max(value) FROM points GROUP BY series")) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Each query reads the current state. Times are TIMESTAMP_NS in UTC, values DECIMAL(28, 9). A connection belongs to
 * one thread at a time.
 */
public final class SqlTables {
    private SqlTables() {}

    /**
     * Opens a connection to a new database in memory with these tables.
     *
     * @param source the series to read; stays open longer than the connection.
     * @param now    the instant in ns at which {@code metrics} reads, asked once for each query.
     * @return the connection, to be closed.
     * @throws SQLException if DuckDB cannot be started.
     */
    public static Connection connect(final SeriesSource source, final LongSupplier now) throws SQLException {
        final DuckDBConnection connection = DuckDatabase.open();
        try {
            define(connection, "series", SeriesTable.COLUMNS, () -> new SeriesRows(source, DumpOptions.ALL));
            define(connection, "points", VersionTable.COLUMNS, () -> new VersionRows(source, DumpOptions.COUNTING));
            define(connection, "versions", VersionTable.COLUMNS, () -> new VersionRows(source, DumpOptions.ALL));
            register(
                    connection,
                    "tollgate_metrics",
                    MetricRows.COLUMNS,
                    2,
                    parameters -> new MetricRows(source, now.getAsLong(), parameters.get(0), parameters.get(1)));
            DuckDatabase.execute(
                    connection,
                    "CREATE MACRO metrics(w, m) AS TABLE "
                            + ChunkFunction.select(MetricRows.COLUMNS, "tollgate_metrics(w, m)"));
            return connection;
        } catch (final SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Creates the producer of one scan. */
    private interface Producers {
        RowProducer open();
    }

    private static void define(
            final DuckDBConnection connection, final String name, final List<Column> columns, final Producers producers)
            throws SQLException {
        final String function = "tollgate_" + name;
        register(connection, function, columns, 0, parameters -> producers.open());
        DuckDatabase.execute(
                connection, "CREATE VIEW " + name + " AS " + ChunkFunction.select(columns, function + "()"));
    }

    private static void register(
            final DuckDBConnection connection,
            final String name,
            final List<Column> columns,
            final int parameterCount,
            final Function<List<String>, RowProducer> producers)
            throws SQLException {
        ChunkFunction.register(
                connection,
                name,
                columns,
                parameterCount,
                parameters -> new ProducedChunks(columns, producers.apply(parameters)));
    }

    /** The chunks of a producer. DuckDB may ask for each of them from another thread, but never at the same time. */
    private static final class ProducedChunks implements ChunkFunction.Chunks {
        private final RowProducer producer;
        private final Queue<RowChunk> full = new ArrayDeque<>();
        private final ChunkWriter writer;
        private boolean isMore = true;

        ProducedChunks(final List<Column> columns, final RowProducer producer) {
            this.producer = producer;
            writer = new ChunkWriter(columns, full::add);
        }

        @Override
        public RowChunk next() throws Exception {
            try {
                while (full.isEmpty() && isMore) {
                    isMore = producer.produce(writer);
                    if (!isMore) {
                        writer.close();
                    }
                }
            } finally {
                producer.handOver();
            }
            return full.poll();
        }
    }
}
