package io.tollgate.bench.peers;

import io.tollgate.examples.heap.WindowMetrics;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.Workload;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** DuckDB in memory. Points are appended to a table, and one query computes all windows for all points. */
public final class DuckDbPeer implements Peer {
    private final DuckDBConnection connection;
    private final DuckDBAppender appender;
    private final String query;

    /**
     * Creates an empty table.
     *
     * @param workload with the windows.
     * @throws SQLException if DuckDB fails.
     */
    public DuckDbPeer(final Workload workload) throws SQLException {
        connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        execute("CREATE TABLE points(series INTEGER, t BIGINT, v DOUBLE)");
        appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "points");
        query = query(workload.windowsNs());
    }

    private static String query(final long[] windowsNs) {
        final StringJoiner columns = new StringJoiner(", ");
        final StringJoiner windows = new StringJoiner(", ");
        for (int w = 0; w < windowsNs.length; w++) {
            final String over = " OVER w" + w;
            columns.add("count(*)" + over + " count" + w)
                    .add("sum(v)" + over + " sum" + w)
                    .add("avg(v)" + over + " mean" + w)
                    .add("stddev_samp(v)" + over + " sd" + w)
                    .add("min(v)" + over + " min" + w)
                    .add("max(v)" + over + " max" + w);
            windows.add("w" + w + " AS (PARTITION BY series ORDER BY t RANGE BETWEEN " + (windowsNs[w] - 1)
                    + " PRECEDING AND CURRENT ROW)");
        }
        return "CREATE TABLE metrics AS SELECT series, t, " + columns + " FROM points WINDOW " + windows;
    }

    private void execute(final String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void add(final PointBatch batch) throws SQLException {
        for (int i = 0; i < batch.length(); i++) {
            appender.beginRow();
            appender.append(batch.series[i]);
            appender.append(batch.timesNs[i]);
            appender.append(batch.values[i]);
            appender.endRow();
        }
    }

    @Override
    public void finish() throws SQLException {
        appender.close();
        execute(query);
    }

    @Override
    public void read(final int series, final int window, final long atNs, final WindowMetrics metrics)
            throws SQLException {
        final String sql = "SELECT count0, sum0, mean0, sd0, min0, max0 FROM metrics WHERE series = ?"
                        .replace("0", Integer.toString(window))
                + " ORDER BY t DESC LIMIT 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, series);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                metrics.count = row.getLong(1);
                metrics.sum = row.getDouble(2);
                metrics.mean = row.getDouble(3);
                metrics.sd = row.getObject(4) == null ? Double.NaN : row.getDouble(4);
                metrics.min = row.getDouble(5);
                metrics.max = row.getDouble(6);
            }
        }
    }

    @Override
    public boolean isBatch() {
        return true;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
