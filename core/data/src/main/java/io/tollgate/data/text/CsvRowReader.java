package io.tollgate.data.text;

import io.tollgate.data.table.FileFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads CSV: UTF-8 with or without byte order mark, a header, RFC 4180 quoting, lines ended by LF, CRLF or CR. Empty
 * lines and lines that start with {@code #} are skipped. A quote that is never closed costs only its own line. Memory
 * is bounded. One thread at a time.
 */
public final class CsvRowReader extends TextRowReader {
    /** The fields of one record may span at most this many lines. */
    private static final int MAX_RECORD_LINES = 16;

    private static final int MAX_SPANNING_LENGTH = 2 * ByteInput.MAX_LINE_LENGTH;
    private static final String MISPLACED_QUOTES = "misplaced quotes, expected fields quoted as in RFC 4180";

    private final byte delimiter;
    /** Bytes above it are no delimiter, quote or end of a line. */
    private final byte lastSpecial;

    private final List<String> columns;
    private byte[] unquoted = new byte[256];
    /** The row as in the file, null if it is made on demand. */
    private String rowText;

    /**
     * Reads the header.
     *
     * @param stream    to read; it is closed with this reader.
     * @param delimiter between fields, an ASCII character such as a comma or a semicolon.
     * @throws FileFormatException if there is no header, or it cannot be read.
     * @throws IOException         if the stream cannot be read.
     */
    public CsvRowReader(final InputStream stream, final char delimiter) throws IOException {
        super(stream);
        this.delimiter = (byte) delimiter;
        lastSpecial = (byte) Math.max('"', delimiter);
        if (!readRow()) {
            throw new FileFormatException(1, "no header");
        }
        if (!fault().isEmpty()) {
            throw new FileFormatException(rowNumber(), "header with " + fault());
        }
        if (fieldCount() == MAX_COLUMNS) {
            throw new FileFormatException(rowNumber(), "header with " + MAX_COLUMNS + " columns or more");
        }
        final String[] names = new String[fieldCount()];
        Arrays.setAll(names, this::text);
        columns = List.of(names);
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public boolean next() throws IOException {
        if (!readRow()) {
            return false;
        }
        if (fault().isEmpty() && fieldCount() != columns.size()) {
            rowText = rowText();
            refuse("columns=" + fieldCount() + ", expected " + columns.size() + " as in the header");
        }
        return true;
    }

    private boolean readRow() throws IOException {
        while (input.hasLine()) {
            if (readPlain()) {
                return true;
            }
            final int end = input.lineEnd(0);
            final boolean isSkipped = end == 0 || input.buffer()[input.position()] == '#';
            beginRow(input.buffer());
            if (end == ByteInput.NONE) {
                rowText = input.takeTooLong();
                refuse(ByteInput.TOO_LONG);
            } else if (isSkipped) {
                input.take(input.nextLine(end), 1);
            } else {
                read(end);
            }
            if (!isSkipped) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads a row of ASCII without quotes that ends in the buffer, as nearly all do. Returns false if the current line
     * is another one.
     */
    private boolean readPlain() {
        final byte[] buffer = input.buffer();
        final int from = input.position();
        if (buffer[from] == '#') {
            return false;
        }
        beginRow(buffer);
        rowText = null;
        int start = from;
        for (int i = from; i < input.limit(); i++) {
            final byte found = buffer[i];
            if (found > lastSpecial) {
                continue;
            }
            if (found == delimiter && fieldCount() < MAX_COLUMNS - 1) {
                add(start, i);
                start = i + 1;
            } else if (found == '\n' && i > from && i - from <= ByteInput.MAX_LINE_LENGTH) {
                add(start, i);
                input.take(i + 1 - from, 1);
                return true;
            } else if (found < 0 || found == '"' || found == '\r' || found == '\n') {
                return false;
            }
        }
        return false;
    }

    /** Reads a record. The lines that an open quote spans belong to it, unless the quote is a mistake. */
    private void read(final int firstEnd) throws IOException {
        int end = firstEnd;
        int lines = 1;
        boolean isOpen = isQuoteOpen(0, end, false);
        while (isOpen && lines < MAX_RECORD_LINES && end < MAX_SPANNING_LENGTH) {
            final int next = input.nextLine(end);
            final int nextEnd = next == end ? ByteInput.NONE : input.lineEnd(next);
            if (nextEnd == ByteInput.NONE || nextEnd == next && !hasByte(next)) {
                break;
            }
            isOpen = isQuoteOpen(next, nextEnd, true);
            end = nextEnd;
            lines++;
        }
        final boolean isSound = !isOpen && unquote(end);
        if (isSound && input.isUtf8(0, end)) {
            rowText = input.text(0, end);
            input.take(input.nextLine(end), lines);
            return;
        }
        refuse(isSound ? ByteInput.NOT_UTF_8 : MISPLACED_QUOTES);
        rowText = input.text(0, firstEnd);
        input.take(input.nextLine(firstEnd), 1);
    }

    /** Returns true if the buffer holds a byte at an offset; false at the end of the file. */
    private boolean hasByte(final int offset) throws IOException {
        return input.nextLine(offset) != offset;
    }

    private boolean isQuoteOpen(final int offset, final int end, final boolean before) {
        final byte[] buffer = input.buffer();
        boolean isOpen = before;
        for (int i = input.position() + offset; i < input.position() + end; i++) {
            isOpen ^= buffer[i] == '"';
        }
        return isOpen;
    }

    /** Splits a record into unquoted fields. Returns false if a quote is misplaced. */
    private boolean unquote(final int length) {
        final byte[] buffer = input.buffer();
        if (unquoted.length < length) {
            unquoted = new byte[Math.max(length, 2 * unquoted.length)];
        }
        beginRow(unquoted);
        int place = 0;
        int i = input.position();
        final int end = i + length;
        while (fieldCount() < MAX_COLUMNS) {
            final int start = place;
            if (i < end && buffer[i] == '"') {
                i++;
                while (buffer[i] != '"' || i + 1 < end && buffer[i + 1] == '"') {
                    i += buffer[i] == '"' ? 1 : 0;
                    unquoted[place++] = buffer[i++];
                }
                i++;
            } else {
                while (i < end && buffer[i] != delimiter && buffer[i] != '"') {
                    unquoted[place++] = buffer[i++];
                }
            }
            add(start, place);
            if (i == end) {
                return true;
            }
            if (buffer[i++] != delimiter) {
                return false;
            }
        }
        // Too many for any header: the row is refused for that.
        return true;
    }

    @Override
    public String rowText() {
        return rowText == null
                ? new String(input.buffer(), start(0), end(fieldCount() - 1) - start(0), StandardCharsets.UTF_8)
                : rowText;
    }
}
