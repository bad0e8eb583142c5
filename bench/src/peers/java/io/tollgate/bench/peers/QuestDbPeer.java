package io.tollgate.bench.peers;

import io.questdb.cairo.CairoConfiguration;
import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.DefaultCairoConfiguration;
import io.questdb.cairo.TableWriter;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.sql.RecordCursor;
import io.questdb.cairo.sql.RecordCursorFactory;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContextImpl;
import io.tollgate.examples.heap.WindowMetrics;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.TemporaryDirectory;
import io.tollgate.examples.workload.Workload;
import java.util.StringJoiner;

/**
 * Embedded QuestDB. Points are written to a table, and one query computes all windows for all points. QuestDB has no
 * window function for the standard deviation. Its times are in microseconds.
 */
public final class QuestDbPeer implements Peer {
    private static final long NS_PER_US = 1_000;

    private final TemporaryDirectory directory = new TemporaryDirectory();
    private final CairoEngine engine;
    private final SqlExecutionContextImpl context;
    private final TableWriter writer;
    private final String query;

    /**
     * Creates an empty table.
     *
     * @param workload with the windows.
     * @throws SqlException if QuestDB fails.
     */
    public QuestDbPeer(final Workload workload) throws SqlException {
        final CairoConfiguration configuration =
                new DefaultCairoConfiguration(directory.path().toString());
        engine = new CairoEngine(configuration);
        context = new SqlExecutionContextImpl(engine, 1).with(AllowAllSecurityContext.INSTANCE);
        engine.execute(
                "CREATE TABLE points (series INT, t TIMESTAMP, v DOUBLE) TIMESTAMP(t) PARTITION BY DAY BYPASS WAL",
                context);
        writer = engine.getWriter(engine.verifyTableName("points"), "load");
        query = query(workload.windowsNs());
    }

    private static String query(final long[] windowsNs) {
        final StringJoiner columns = new StringJoiner(", ");
        for (int w = 0; w < windowsNs.length; w++) {
            final String over = " OVER (PARTITION BY series ORDER BY t RANGE BETWEEN " + (windowsNs[w] / NS_PER_US - 1)
                    + " MICROSECOND PRECEDING AND CURRENT ROW) ";
            for (final String function : new String[] {"count", "sum", "avg", "min", "max"}) {
                columns.add(function + "(v)" + over + function + w);
            }
        }
        return "CREATE TABLE metrics AS (SELECT series, t, " + columns + " FROM points)";
    }

    @Override
    public void add(final PointBatch batch) {
        for (int i = 0; i < batch.length(); i++) {
            final TableWriter.Row row = writer.newRow(batch.timesNs[i] / NS_PER_US);
            row.putInt(0, batch.series[i]);
            row.putDouble(2, batch.values[i]);
            row.append();
        }
    }

    @Override
    public void finish() throws SqlException {
        writer.commit();
        writer.close();
        engine.execute(query, context);
    }

    @Override
    public void read(final int series, final int window, final long atNs, final WindowMetrics metrics)
            throws SqlException {
        final String sql = "SELECT count0, sum0, avg0, min0, max0 FROM metrics WHERE series = "
                        .replace("0", Integer.toString(window))
                + series + " ORDER BY t DESC LIMIT 1";
        try (RecordCursorFactory factory = engine.select(sql, context);
                RecordCursor cursor = factory.getCursor(context)) {
            cursor.hasNext();
            final Record row = cursor.getRecord();
            metrics.count = row.getLong(0);
            metrics.sum = row.getDouble(1);
            metrics.mean = row.getDouble(2);
            metrics.sd = Double.NaN;
            metrics.min = row.getDouble(3);
            metrics.max = row.getDouble(4);
        }
    }

    @Override
    public boolean hasSd() {
        return false;
    }

    @Override
    public boolean isBatch() {
        return true;
    }

    @Override
    public void close() {
        engine.close();
        directory.close();
    }
}
