package io.tollgate.duckdb;

import io.tollgate.data.table.Column;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;

/**
 * Writes rows as a Parquet file: decimals as DECIMAL(28, 9), instants as timestamps in ns, in UTC. A thread of its own
 * passes the rows to DuckDB while the next ones are written. Memory is bounded. One thread at a time.
 */
public final class ParquetRowWriter implements RowWriter {
    private static final int QUEUE_LENGTH = 8;
    private static final long CHECK_MS = 100;
    private static final String ROWS = "tollgate_rows";

    private final Path file;
    private final BlockingQueue<RowChunk> queue = new ArrayBlockingQueue<>(QUEUE_LENGTH);
    private final RowChunk end;
    private final ChunkWriter chunks;
    private final Thread copying;
    private volatile SQLException failure;

    /**
     * Creates the file, or replaces it.
     *
     * @param file    to write.
     * @param columns of the table.
     * @throws IOException if DuckDB cannot be started.
     */
    public ParquetRowWriter(final Path file, final List<Column> columns) throws IOException {
        this.file = file;
        end = new RowChunk(List.of());
        chunks = new ChunkWriter(columns, this::enqueue);
        final DuckDBConnection connection;
        try {
            connection = DuckDatabase.open();
            ChunkFunction.register(connection, ROWS, columns, 0, parameters -> this::dequeue);
        } catch (final SQLException e) {
            throw failed(e);
        }
        final String copy = "COPY (" + ChunkFunction.select(columns, ROWS + "()") + ") TO "
                + DuckDatabase.literal(file.toString()) + " (FORMAT parquet)";
        copying = new Thread(() -> copy(connection, copy), "tollgate-parquet");
        copying.setDaemon(true);
        copying.start();
    }

    private IOException failed(final SQLException e) {
        return new IOException(file + ": cannot be written as Parquet: " + e.getMessage(), e);
    }

    private void copy(final DuckDBConnection connection, final String sql) {
        try (connection) {
            DuckDatabase.execute(connection, sql);
        } catch (final SQLException e) {
            failure = e;
        }
    }

    private void enqueue(final RowChunk chunk) throws IOException {
        try {
            while (!queue.offer(chunk, CHECK_MS, TimeUnit.MILLISECONDS)) {
                if (!copying.isAlive()) {
                    throw failed(failure == null ? new SQLException("its thread has ended") : failure);
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(file + ": interrupted while it was written", e);
        }
    }

    private RowChunk dequeue() throws InterruptedException {
        final RowChunk chunk = queue.take();
        return chunk == end ? null : chunk;
    }

    @Override
    public void text(final String value) {
        chunks.text(value);
    }

    @Override
    public void integer(final long value) {
        chunks.integer(value);
    }

    @Override
    public void decimal(final long scaled, final int scale) {
        chunks.decimal(scaled, scale);
    }

    @Override
    public void instant(final long instantNs) {
        chunks.instant(instantNs);
    }

    @Override
    public void real(final double value) {
        chunks.real(value);
    }

    @Override
    public void empty() {
        chunks.empty();
    }

    @Override
    public void endRow() throws IOException {
        chunks.endRow();
    }

    @Override
    public void close() throws IOException {
        if (!copying.isAlive() && failure == null) {
            return;
        }
        chunks.close();
        enqueue(end);
        try {
            copying.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(file + ": interrupted while it was written", e);
        }
        if (failure != null) {
            throw failed(failure);
        }
    }
}
