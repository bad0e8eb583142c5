package io.tollgate.data.text;

import io.tollgate.data.table.FileFormatException;
import io.tollgate.data.table.RowReader;
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
public final class CsvRowReader extends RowReader {
    /** The fields of one record may span at most this many lines. */
    private static final int MAX_RECORD_LINES = 16;

    private static final int MAX_SPANNING_LENGTH = 2 * ByteInput.MAX_LINE_LENGTH;
    private static final int MAX_COLUMNS = 4_096;
    private static final String MISPLACED_QUOTES = "misplaced quotes, expected fields quoted as in RFC 4180";

    private final ByteInput input;
    private final byte delimiter;
    private final List<String> columns;
    private final ValueText values = new ValueText();
    private final int[] starts;
    private final int[] ends;
    private final String[] lastTexts;
    private final byte[][] lastBytes;
    private byte[] unquoted = new byte[256];
    private byte[] bytes;
    private int fieldCount;
    private long rowNumber;
    private String fault = "";
    /** The text of a record with a fault; that of a sound record is made on demand. */
    private String rowText = "";

    /**
     * Reads the header.
     *
     * @param stream    to read; it is closed with this reader.
     * @param delimiter between fields, an ASCII character such as a comma or a semicolon.
     * @throws FileFormatException if there is no header, or it cannot be read.
     * @throws IOException         if the stream cannot be read.
     */
    public CsvRowReader(final InputStream stream, final char delimiter) throws IOException {
        this.delimiter = (byte) delimiter;
        input = new ByteInput(stream);
        bytes = input.buffer();
        starts = new int[MAX_COLUMNS];
        ends = new int[MAX_COLUMNS];
        lastTexts = new String[MAX_COLUMNS];
        lastBytes = new byte[MAX_COLUMNS][];
        if (!readRow()) {
            throw new FileFormatException(1, "no header");
        }
        if (!fault.isEmpty()) {
            throw new FileFormatException(rowNumber, "header with " + fault);
        }
        final String[] names = new String[fieldCount];
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
        if (fault.isEmpty() && fieldCount != columns.size()) {
            rowText = rowText();
            fault = "columns=" + fieldCount + ", expected " + columns.size() + " as in the header";
        }
        return true;
    }

    private boolean readRow() throws IOException {
        while (input.hasLine()) {
            final int end = input.lineEnd(0);
            final boolean isSkipped = end == 0 || input.buffer()[input.position()] == '#';
            rowNumber = input.lineCount() + 1;
            if (end == ByteInput.NONE) {
                final String kept = input.takeTooLong();
                if (!isSkipped) {
                    refuse(ByteInput.TOO_LONG, kept);
                    return true;
                }
            } else if (isSkipped) {
                input.take(input.nextLine(end), 1);
            } else {
                read(end);
                return true;
            }
        }
        return false;
    }

    private void refuse(final String reason, final String text) {
        fault = reason;
        rowText = text;
        fieldCount = 0;
    }

    private void read(final int end) throws IOException {
        final int next = input.nextLine(end);
        fault = "";
        rowText = "";
        if (!split(input.position(), input.position() + end)) {
            readQuoted(end);
        } else if (input.isUtf8(0, end)) {
            input.take(next, 1);
        } else {
            refuse(ByteInput.NOT_UTF_8, input.text(0, end));
            input.take(next, 1);
        }
    }

    /** Splits a line without quotes. Returns false if it has a quote. */
    private boolean split(final int from, final int to) {
        final byte[] buffer = input.buffer();
        bytes = buffer;
        int count = 0;
        int start = from;
        for (int i = from; i < to; i++) {
            final byte found = buffer[i];
            if (found == delimiter && count < MAX_COLUMNS - 1) {
                starts[count] = start;
                ends[count++] = i;
                start = i + 1;
            } else if (found == '"') {
                return false;
            }
        }
        starts[count] = start;
        ends[count++] = to;
        fieldCount = count;
        return true;
    }

    /** Reads a record with quotes. The lines that an open quote spans belong to it, unless the quote is a mistake. */
    private void readQuoted(final int firstEnd) throws IOException {
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
        refuse(isSound ? ByteInput.NOT_UTF_8 : MISPLACED_QUOTES, input.text(0, firstEnd));
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

    /** Splits a record with quotes into unquoted fields. Returns false if a quote is misplaced. */
    private boolean unquote(final int length) {
        final byte[] buffer = input.buffer();
        if (unquoted.length < length) {
            unquoted = new byte[Math.max(length, 2 * unquoted.length)];
        }
        int place = 0;
        int count = 0;
        int i = input.position();
        final int end = i + length;
        while (count < MAX_COLUMNS) {
            starts[count] = place;
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
            ends[count++] = place;
            if (i == end) {
                bytes = unquoted;
                fieldCount = count;
                return true;
            }
            if (buffer[i++] != delimiter) {
                return false;
            }
        }
        return false;
    }

    @Override
    public long rowNumber() {
        return rowNumber;
    }

    @Override
    public String fault() {
        return fault;
    }

    @Override
    public String rowText() {
        return rowText.isEmpty()
                ? new String(bytes, starts[0], ends[fieldCount - 1] - starts[0], StandardCharsets.UTF_8)
                : rowText;
    }

    @Override
    public long byteCount() {
        return input.byteCount();
    }

    @Override
    public boolean isEmpty(final int column) {
        return starts[column] == ends[column];
    }

    /** Returns the text of a field; the same object as long as the column repeats a value. */
    @Override
    public String text(final int column) {
        final byte[] last = lastBytes[column];
        if (last == null || !Arrays.equals(last, 0, last.length, bytes, starts[column], ends[column])) {
            lastBytes[column] = Arrays.copyOfRange(bytes, starts[column], ends[column]);
            lastTexts[column] = new String(lastBytes[column], StandardCharsets.UTF_8);
        }
        return lastTexts[column];
    }

    @Override
    public long integer(final int column) {
        final int length = ends[column] - starts[column];
        return ValueText.isShortInteger(bytes, starts[column], length)
                ? values.scaled(bytes, starts[column], length, 0)
                : super.integer(column);
    }

    @Override
    public long instantNs(final int column) {
        try {
            return values.instantNs(bytes, starts[column], ends[column] - starts[column]);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(columns.get(column) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public long scaled(final int column, final int scale) {
        return values.scaled(bytes, starts[column], ends[column] - starts[column], scale);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
