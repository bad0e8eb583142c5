package io.tollgate.data.arrow;

import io.tollgate.data.table.Column;
import io.tollgate.data.table.RowWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes rows as an Arrow IPC stream or file: text as utf8, decimals as decimal128(28, 9), instants as timestamps in ns
 * with the time zone UTC. Memory is bounded by one batch. One thread at a time.
 */
public final class ArrowRowWriter implements RowWriter {
    /** The first and the last bytes of a file. */
    static final String MAGIC = "ARROW1";

    private static final int BATCH_ROWS = 1 << 14;
    private static final int BUFFER_LENGTH = 1 << 16;

    private final OutputStream stream;
    private final boolean isFile;
    private final List<Column> columns;
    private final List<ColumnBuffer> buffers;
    private final List<ArrowMessages.Place> batches = new ArrayList<>();
    private long position;
    private int column;
    private int rows;

    /**
     * Writes the schema.
     *
     * @param stream  to write to; it is closed with this writer.
     * @param isFile  true for a file, false for a stream.
     * @param columns of the table.
     * @throws IOException if the stream cannot be written.
     */
    public ArrowRowWriter(final OutputStream stream, final boolean isFile, final List<Column> columns)
            throws IOException {
        this.stream = new BufferedOutputStream(stream, BUFFER_LENGTH);
        this.isFile = isFile;
        this.columns = List.copyOf(columns);
        buffers = columns.stream()
                .map(named -> new ColumnBuffer(named, BATCH_ROWS))
                .toList();
        if (isFile) {
            final byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
            ArrowMessages.writePadded(this.stream, magic, magic.length);
            position = ArrowMessages.padded(magic.length);
        }
        write(ArrowMessages.schema(columns));
    }

    private void write(final byte[] message) throws IOException {
        stream.write(message);
        position += message.length;
    }

    @Override
    public void text(final String value) {
        buffers.get(column++).text(value);
    }

    @Override
    public void integer(final long value) {
        buffers.get(column++).integer(value);
    }

    @Override
    public void decimal(final long scaled, final int scale) {
        buffers.get(column++).decimal(scaled, scale);
    }

    @Override
    public void instant(final long instantNs) {
        buffers.get(column++).integer(instantNs);
    }

    @Override
    public void real(final double value) {
        buffers.get(column++).real(value);
    }

    @Override
    public void empty() {
        buffers.get(column++).empty();
    }

    @Override
    public void endRow() throws IOException {
        column = 0;
        if (++rows == BATCH_ROWS) {
            writeBatch();
        }
    }

    private void writeBatch() throws IOException {
        long length = 0;
        for (final ColumnBuffer buffer : buffers) {
            for (final int part : buffer.lengths()) {
                length += ArrowMessages.padded(part);
            }
        }
        final byte[] message = ArrowMessages.batch(buffers, rows, length);
        batches.add(new ArrowMessages.Place(position, message.length, length));
        write(message);
        for (final ColumnBuffer buffer : buffers) {
            buffer.writeTo(stream);
            buffer.clear();
        }
        position += length;
        rows = 0;
    }

    @Override
    public void close() throws IOException {
        try (stream) {
            if (rows > 0) {
                writeBatch();
            }
            stream.write(ByteBuffer.allocate(ArrowMessages.PREFIX_LENGTH)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(ArrowMessages.CONTINUATION)
                    .array());
            if (isFile) {
                writeFooter();
            }
        }
    }

    private void writeFooter() throws IOException {
        final byte[] footer = ArrowMessages.footer(columns, batches);
        stream.write(footer);
        stream.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footer.length)
                .array());
        stream.write(MAGIC.getBytes(StandardCharsets.US_ASCII));
    }
}
