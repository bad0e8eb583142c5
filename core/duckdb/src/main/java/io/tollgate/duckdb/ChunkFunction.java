package io.tollgate.duckdb;

import io.tollgate.data.table.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;

/**
 * A table function of DuckDB over chunks of rows. DuckDB asks for one chunk after another, from any of its threads.
 *
 * <p>Instants are integers in the function, because a vector takes no nanoseconds; {@link #select} converts them.
 */
final class ChunkFunction implements DuckDBTableFunction<List<String>, ChunkFunction.Scan, Object> {
    private final List<Column> columns;
    private final Source source;
    private final int parameterCount;

    /** Creates the chunks of one scan. */
    interface Source {
        Chunks open(List<String> parameters) throws Exception;
    }

    /** The chunks of one scan. */
    interface Chunks {
        /** Returns the next chunk, null at the end. */
        RowChunk next() throws Exception;
    }

    /** The state of a scan. */
    record Scan(Chunks chunks, int[] columns) {}

    private ChunkFunction(final List<Column> columns, final int parameterCount, final Source source) {
        this.columns = columns;
        this.parameterCount = parameterCount;
        this.source = source;
    }

    /** Registers a function with a number of parameters of type VARCHAR. */
    static void register(
            final DuckDBConnection connection,
            final String name,
            final List<Column> columns,
            final int parameterCount,
            final Source source)
            throws SQLException {
        try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
            builder.withName(name).withProjectionPushdown();
            for (int i = 0; i < parameterCount; i++) {
                builder.withParameter(DuckDBColumnType.VARCHAR);
            }
            builder.withFunction(new ChunkFunction(columns, parameterCount, source))
                    .register(connection);
        }
    }

    /** Returns a query of all columns of a function, with instants as timestamps. */
    static String select(final List<Column> columns, final String call) {
        return columns.stream()
                .map(column -> switch (column.type()) {
                    case INSTANT -> "make_timestamp_ns(" + quoted(column.name()) + ") AS " + quoted(column.name());
                    default -> quoted(column.name());
                })
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + call));
    }

    static String quoted(final String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public List<String> bind(final DuckDBTableFunctionBindInfo info) throws SQLException {
        for (final Column column : columns) {
            switch (column.type()) {
                case TEXT -> info.addResultColumn(column.name(), DuckDBColumnType.VARCHAR);
                case INT -> info.addResultColumn(column.name(), DuckDBColumnType.INTEGER);
                case LONG, INSTANT -> info.addResultColumn(column.name(), DuckDBColumnType.BIGINT);
                case DOUBLE -> info.addResultColumn(column.name(), DuckDBColumnType.DOUBLE);
                default -> {
                    try (DuckDBLogicalType decimal =
                            DuckDBLogicalType.decimal(Column.DECIMAL_PRECISION, Column.DECIMAL_SCALE)) {
                        info.addResultColumn(column.name(), decimal);
                    }
                }
            }
        }
        final List<String> parameters = new ArrayList<>();
        for (int i = 0; i < parameterCount; i++) {
            parameters.add(String.valueOf(info.getParameter(i).getString()));
        }
        return parameters;
    }

    @Override
    public Scan init(final DuckDBTableFunctionInitInfo info) throws Exception {
        info.setMaxThreads(1);
        final int[] chosen = new int[(int) info.getColumnCount()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = (int) info.getColumnIndex(i);
        }
        final List<String> parameters = info.getBindData();
        return new Scan(source.open(parameters), chosen);
    }

    @Override
    public long apply(final DuckDBTableFunctionCallInfo info, final DuckDBDataChunkWriter target) throws Exception {
        final Scan scan = info.getInitData();
        final RowChunk chunk = scan.chunks().next();
        if (chunk == null) {
            return 0;
        }
        chunk.copyTo(target, scan.columns());
        return chunk.rows();
    }
}
