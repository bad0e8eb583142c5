package io.tollgate.data.text;

import io.tollgate.data.table.Column;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes rows as CSV: a header, fields quoted as in RFC 4180, lines ended by LF. One thread at a time. */
public final class CsvRowWriter implements RowWriter {
    private final ByteOutput out;
    private final String[] lastTexts;
    private final byte[][] lastFields;
    private int column;

    /**
     * Writes the header.
     *
     * @param stream  to write to; it is closed with this writer.
     * @param columns of the table.
     * @throws IOException if the stream cannot be written.
     */
    public CsvRowWriter(final OutputStream stream, final List<Column> columns) throws IOException {
        out = new ByteOutput(stream);
        lastTexts = new String[columns.size()];
        lastFields = new byte[columns.size()][];
        for (final Column named : columns) {
            text(named.name());
        }
        endRow();
    }

    private void begin() throws IOException {
        out.reserve();
        if (column++ > 0) {
            out.put(',');
        }
    }

    @Override
    public void text(final String value) throws IOException {
        final int index = column;
        begin();
        if (lastTexts[index] != value) {
            lastTexts[index] = value;
            lastFields[index] = field(value);
        }
        out.bytes(lastFields[index]);
    }

    private static byte[] field(final String value) {
        return (mustQuote(value) ? '"' + value.replace("\"", "\"\"") + '"' : value).getBytes(StandardCharsets.UTF_8);
    }

    /** Spaces at the ends are quoted because some programs trim them; a first {@code #} may start a comment. */
    private static boolean mustQuote(final String value) {
        if (value.isEmpty()) {
            return true;
        }
        if (value.charAt(0) == '#' || value.charAt(0) == ' ' || value.charAt(value.length() - 1) == ' ') {
            return true;
        }
        return value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    }

    @Override
    public void integer(final long value) throws IOException {
        begin();
        out.integer(value);
    }

    @Override
    public void decimal(final long scaled, final int scale) throws IOException {
        begin();
        out.decimal(scaled, scale);
    }

    @Override
    public void instant(final long instantNs) throws IOException {
        begin();
        out.instant(instantNs);
    }

    @Override
    public void real(final double value) throws IOException {
        begin();
        out.ascii(ShortestDecimal.of(value));
    }

    @Override
    public void empty() throws IOException {
        begin();
    }

    @Override
    public void endRow() throws IOException {
        out.reserve();
        out.put('\n');
        column = 0;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
