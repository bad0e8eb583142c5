package io.tollgate.duckdb;

import io.tollgate.data.table.Column;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.util.List;

/** Collects rows in chunks, and passes them on. One thread at a time. */
final class ChunkWriter implements RowWriter {
    private final List<Column> columns;
    private final Target target;
    private RowChunk chunk;
    private int column;

    /** Receives chunks. */
    interface Target {
        void take(RowChunk chunk) throws IOException;
    }

    ChunkWriter(final List<Column> columns, final Target target) {
        this.columns = columns;
        this.target = target;
        chunk = new RowChunk(columns);
    }

    @Override
    public void text(final String value) {
        chunk.text(column++, value);
    }

    @Override
    public void integer(final long value) {
        chunk.number(column++, value);
    }

    @Override
    public void decimal(final long scaled, final int scale) {
        chunk.decimal(column++, scaled, scale);
    }

    @Override
    public void instant(final long instantNs) {
        chunk.number(column++, instantNs);
    }

    @Override
    public void real(final double value) {
        chunk.number(column++, Double.doubleToRawLongBits(value));
    }

    @Override
    public void empty() {
        chunk.empty(column++);
    }

    @Override
    public void endRow() throws IOException {
        column = 0;
        if (chunk.endRow()) {
            pass();
        }
    }

    private void pass() throws IOException {
        final RowChunk full = chunk;
        chunk = new RowChunk(columns);
        target.take(full);
    }

    /** Passes on the last rows. */
    @Override
    public void close() throws IOException {
        if (chunk.rows() > 0) {
            pass();
        }
    }
}
