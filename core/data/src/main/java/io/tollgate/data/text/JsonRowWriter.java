package io.tollgate.data.text;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.ColumnType;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes rows as JSON Lines: one object a line, with all columns in their order. Integers of 64 bits, decimals and
 * instants are text, because programs that read JSON numbers as doubles would lose digits. One thread at a time.
 */
public final class JsonRowWriter implements RowWriter {
    private final ByteOutput out;
    private final byte[][] names;
    private final boolean[] isPlain;
    private final String[] lastTexts;
    private final byte[][] lastFields;
    private int column;

    /**
     * Creates a writer.
     *
     * @param stream  to write to; it is closed with this writer.
     * @param columns of the table.
     */
    public JsonRowWriter(final OutputStream stream, final List<Column> columns) {
        out = new ByteOutput(stream);
        final int count = columns.size();
        names = new byte[count][];
        isPlain = new boolean[count];
        lastTexts = new String[count];
        lastFields = new byte[count][];
        for (int i = 0; i < count; i++) {
            names[i] = ((i == 0 ? "{\"" : ",\"") + escaped(columns.get(i).name()) + "\":")
                    .getBytes(StandardCharsets.UTF_8);
            isPlain[i] = columns.get(i).type() == ColumnType.INT;
        }
    }

    private static String escaped(final String text) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private void begin() throws IOException {
        out.bytes(names[column++]);
        out.reserve();
    }

    @Override
    public void text(final String value) throws IOException {
        final int index = column;
        begin();
        if (lastTexts[index] != value) {
            lastTexts[index] = value;
            lastFields[index] = ('"' + escaped(value) + '"').getBytes(StandardCharsets.UTF_8);
        }
        out.bytes(lastFields[index]);
    }

    @Override
    public void integer(final long value) throws IOException {
        final boolean isText = !isPlain[column];
        begin();
        quote(isText);
        out.integer(value);
        quote(isText);
    }

    private void quote(final boolean isText) {
        if (isText) {
            out.put('"');
        }
    }

    @Override
    public void decimal(final long scaled, final int scale) throws IOException {
        begin();
        out.put('"');
        out.decimal(scaled, scale);
        out.put('"');
    }

    @Override
    public void instant(final long instantNs) throws IOException {
        begin();
        out.put('"');
        out.instant(instantNs);
        out.put('"');
    }

    @Override
    public void real(final double value) throws IOException {
        begin();
        out.ascii(ShortestDecimal.of(value));
    }

    @Override
    public void empty() throws IOException {
        begin();
        out.ascii("null");
    }

    @Override
    public void endRow() throws IOException {
        out.reserve();
        out.put('}');
        out.put('\n');
        column = 0;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
