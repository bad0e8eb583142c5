package io.tollgate.data.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.TokenStreamFactory;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.jr.ob.JSON;
import io.tollgate.data.table.FileFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON Lines: one object of plain values on each line. The first line names the columns; later lines may leave
 * some out. Numbers are taken digit by digit, not as doubles. Empty lines are skipped. One thread at a time.
 *
 * <p>Lines in the form of {@link JsonRowWriter} take a quarter of the time of others, which Jackson parses.
 */
public final class JsonRowReader extends TextRowReader {
    private static final TokenStreamFactory FACTORY = JSON.std.getStreamingFactory();
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final int NO_END = -1;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES * 0x80;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> columns;
    /** The bytes before each value in a line without spaces and with all fields in their order. */
    private final byte[][] prefixes;

    private final String[] texts;
    private final ByteArrayOutputStream parsed = new ByteArrayOutputStream();
    /** The line, null if it is made on demand. */
    private String rowText = "";

    private int lineStart;
    private int lineEnd;
    /** True while the row is the one that named the columns, which was read before. */
    private boolean isAhead;

    /**
     * Reads the first line, which names the columns.
     *
     * @param stream to read; it is closed with this reader.
     * @throws FileFormatException if there is no line, or the first one cannot be read.
     * @throws IOException         if the stream cannot be read.
     */
    public JsonRowReader(final InputStream stream) throws IOException {
        super(stream);
        if (!readLine()) {
            throw new FileFormatException(1, "no line, expected a JSON object on each line");
        }
        columns = List.copyOf(names());
        if (columns.size() > MAX_COLUMNS) {
            throw new FileFormatException(
                    rowNumber(), "columns=" + columns.size() + ", expected at most " + MAX_COLUMNS);
        }
        prefixes = new byte[columns.size()][];
        for (int i = 0; i < columns.size(); i++) {
            indexes.put(columns.get(i), i);
            prefixes[i] = ((i == 0 ? "{\"" : ",\"") + escaped(columns.get(i)) + "\":").getBytes(StandardCharsets.UTF_8);
        }
        texts = new String[columns.size()];
        parse();
        if (!fault().isEmpty()) {
            throw new FileFormatException(rowNumber(), fault());
        }
        isAhead = true;
    }

    private static String escaped(final String text) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    /** Moves to the next line that is not empty. */
    private boolean readLine() throws IOException {
        while (input.hasLine()) {
            beginRow(input.buffer());
            final int end = input.lineEnd(0);
            if (end == ByteInput.NONE) {
                rowText = input.takeTooLong();
                refuse(ByteInput.TOO_LONG);
                return true;
            }
            if (!input.isUtf8(0, end)) {
                refuse(ByteInput.NOT_UTF_8);
            }
            rowText = input.text(0, end);
            input.take(input.nextLine(end), 1);
            if (!rowText.isBlank()) {
                return true;
            }
        }
        return false;
    }

    private List<String> names() throws IOException {
        final List<String> names = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(rowText)) {
            if (fault().isEmpty() && parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    names.add(parser.currentName());
                    parser.nextToken();
                    parser.skipChildren();
                }
            }
        } catch (final JsonProcessingException e) {
            throw new FileFormatException(rowNumber(), malformed(e));
        }
        return names;
    }

    private static String malformed(final JsonProcessingException e) {
        return "malformed JSON at column " + e.getLocation().getColumnNr() + ", expected an object such as"
                + " {\"series\":\"tariff.US.CN\"}";
    }

    @Override
    public boolean next() throws IOException {
        if (isAhead) {
            isAhead = false;
            return true;
        }
        if (input.hasLine() && readPlain()) {
            return true;
        }
        if (!readLine()) {
            return false;
        }
        parse();
        return true;
    }

    /** Reads a line in the form of the writer, without escapes. Returns false if the current line is another one. */
    private boolean readPlain() {
        final byte[] buffer = input.buffer();
        beginRow(buffer);
        lineStart = input.position();
        int end = lineStart;
        for (final byte[] prefix : prefixes) {
            // At least one byte must follow.
            if (end + prefix.length >= input.limit() || !hasPrefix(buffer, end, prefix)) {
                return false;
            }
            end = addPlain(buffer, end + prefix.length);
            if (end == NO_END) {
                return false;
            }
        }
        if (end + 1 >= input.limit()
                || buffer[end] != '}'
                || buffer[end + 1] != '\n'
                || end - lineStart >= ByteInput.MAX_LINE_LENGTH) {
            return false;
        }
        lineEnd = end + 1;
        rowText = null;
        input.take(lineEnd + 1 - lineStart, 1);
        return true;
    }

    /** Compares eight bytes at once; the last eight may overlap those before. */
    private static boolean hasPrefix(final byte[] buffer, final int from, final byte[] prefix) {
        final int last = prefix.length - Long.BYTES;
        if (last < 0) {
            return Arrays.equals(buffer, from, from + prefix.length, prefix, 0, prefix.length);
        }
        for (int i = 0; i < last; i += Long.BYTES) {
            if ((long) LONGS.get(buffer, from + i) != (long) LONGS.get(prefix, i)) {
                return false;
            }
        }
        return (long) LONGS.get(buffer, from + last) == (long) LONGS.get(prefix, last);
    }

    /** Adds a text, a number or null. Returns the index after it, {@link #NO_END} if it is not in this form. */
    private int addPlain(final byte[] buffer, final int from) {
        int end = from;
        if (buffer[from] == '"') {
            end = plainEnd(buffer, end + 1);
            while (end < input.limit() && buffer[end] != '"') {
                if (buffer[end] < ' ' || buffer[end] == '\\') {
                    return NO_END;
                }
                end++;
            }
            add(from + 1, end);
            return end + 1;
        }
        if (buffer[from] == 'n') {
            end += NULL.length;
            add(from, from);
            return end <= input.limit() && Arrays.equals(buffer, from, end, NULL, 0, NULL.length) ? end : NO_END;
        }
        end = integerEnd(buffer, buffer[from] == '-' ? from + 1 : from);
        if (end != NO_END && end < input.limit() && buffer[end] == '.') {
            end = digitsEnd(buffer, end + 1);
        }
        add(from, end);
        return end;
    }

    /** Skips eight bytes at once that end no text: it ends at a quote, a backslash, or a control character. */
    private int plainEnd(final byte[] buffer, final int from) {
        int end = from;
        while (end + Long.BYTES <= input.limit()) {
            final long bytes = (long) LONGS.get(buffer, end);
            final long ends = zeros(bytes ^ QUOTES) | zeros(bytes ^ BACKSLASHES) | bytes - SPACES & ~bytes & HIGH_BITS;
            if (ends != 0) {
                return end + Long.numberOfTrailingZeros(ends) / Byte.SIZE;
            }
            end += Long.BYTES;
        }
        return end;
    }

    /** Returns the high bit of each byte that is 0. Bits after the first one may be wrong. */
    private static long zeros(final long bytes) {
        return bytes - ONES & ~bytes & HIGH_BITS;
    }

    /** JSON has no integers with leading zeros. */
    private int integerEnd(final byte[] buffer, final int from) {
        return from < input.limit() && buffer[from] == '0' ? from + 1 : digitsEnd(buffer, from);
    }

    private int digitsEnd(final byte[] buffer, final int from) {
        int end = from;
        while (end < input.limit() && buffer[end] >= '0' && buffer[end] <= '9') {
            end++;
        }
        return end == from ? NO_END : end;
    }

    private void parse() throws IOException {
        if (!fault().isEmpty()) {
            return;
        }
        Arrays.fill(texts, null);
        try (JsonParser parser = FACTORY.createParser(rowText)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                refuse("no JSON object, expected one on each line");
                return;
            }
            while (fault().isEmpty() && parser.nextToken() == JsonToken.FIELD_NAME) {
                takeField(parser);
            }
            if (fault().isEmpty() && parser.nextToken() != null) {
                refuse("text after the JSON object, expected one object on each line");
            }
        } catch (final JsonProcessingException e) {
            refuse(malformed(e));
        }
        addTexts();
    }

    private void takeField(final JsonParser parser) throws IOException {
        final String name = parser.currentName();
        final Integer index = indexes.get(name);
        final JsonToken token = parser.nextToken();
        if (index == null) {
            refuse("field=" + name + ", expected one of " + columns + " as in the first line");
        } else if (texts[index] != null) {
            refuse("field=" + name + " is there twice, expected each field once");
        } else if (token == null || !token.isScalarValue()) {
            refuse("field=" + name + " holds an object or a list, expected text, a number or null");
        } else {
            texts[index] = token == JsonToken.VALUE_NULL ? "" : parser.getText();
        }
    }

    private void addTexts() {
        parsed.reset();
        for (final String text : texts) {
            final int start = parsed.size();
            parsed.writeBytes(text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8));
            add(start, parsed.size());
        }
        fieldsIn(parsed.toByteArray());
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public String rowText() {
        return rowText == null
                ? new String(input.buffer(), lineStart, lineEnd - lineStart, StandardCharsets.UTF_8)
                : rowText;
    }
}
