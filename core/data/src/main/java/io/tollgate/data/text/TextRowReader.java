package io.tollgate.data.text;

import io.tollgate.data.table.RowReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads rows of UTF-8 text. The fields of the current row are places in an array of bytes, from which values are parsed
 * without an intermediate text. One thread at a time.
 */
abstract class TextRowReader extends RowReader {
    static final int MAX_COLUMNS = 4_096;

    final ByteInput input;
    private final ValueText values = new ValueText();
    private final int[] starts = new int[MAX_COLUMNS];
    private final int[] ends = new int[MAX_COLUMNS];
    private final String[] lastTexts = new String[MAX_COLUMNS];
    private final byte[][] lastBytes = new byte[MAX_COLUMNS][];
    private byte[] bytes;
    private int fieldCount;
    private long rowNumber;
    private String fault = "";

    TextRowReader(final InputStream stream) throws IOException {
        input = new ByteInput(stream);
        bytes = input.buffer();
    }

    /** Begins a row at the current line, whose fields are in an array. */
    final void beginRow(final byte[] fields) {
        fieldsIn(fields);
        fieldCount = 0;
        rowNumber = input.lineCount() + 1;
        fault = "";
    }

    final void fieldsIn(final byte[] fields) {
        bytes = fields;
    }

    /** Adds a field of the current row. */
    final void add(final int start, final int end) {
        starts[fieldCount] = start;
        ends[fieldCount++] = end;
    }

    final int fieldCount() {
        return fieldCount;
    }

    final int start(final int column) {
        return starts[column];
    }

    final int end(final int column) {
        return ends[column];
    }

    final void refuse(final String reason) {
        fault = reason;
    }

    @Override
    public final long rowNumber() {
        return rowNumber;
    }

    @Override
    public final String fault() {
        return fault;
    }

    @Override
    public final long byteCount() {
        return input.byteCount();
    }

    @Override
    public final boolean isEmpty(final int column) {
        return starts[column] == ends[column];
    }

    /** Returns the text of a field; the same object as long as the column repeats a value. */
    @Override
    public final String text(final int column) {
        final byte[] last = lastBytes[column];
        if (last == null || !Arrays.equals(last, 0, last.length, bytes, starts[column], ends[column])) {
            lastBytes[column] = Arrays.copyOfRange(bytes, starts[column], ends[column]);
            lastTexts[column] = new String(lastBytes[column], StandardCharsets.UTF_8);
        }
        return lastTexts[column];
    }

    @Override
    public final long integer(final int column) {
        final int length = ends[column] - starts[column];
        return ValueText.isShortInteger(bytes, starts[column], length)
                ? values.scaled(bytes, starts[column], length, 0)
                : super.integer(column);
    }

    @Override
    public final long instantNs(final int column) {
        try {
            return values.instantNs(bytes, starts[column], ends[column] - starts[column]);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(columns().get(column) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public final long scaled(final int column, final int scale) {
        return values.scaled(bytes, starts[column], ends[column] - starts[column], scale);
    }

    @Override
    public final void close() throws IOException {
        input.close();
    }
}
