package io.tollgate.data.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.TokenStreamFactory;
import com.fasterxml.jackson.jr.ob.JSON;
import io.tollgate.data.table.FileFormatException;
import io.tollgate.data.table.RowReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON Lines: one object of plain values on each line. The first line names the columns; later lines may leave
 * some out. Numbers are taken digit by digit, not as doubles. Empty lines are skipped. One thread at a time.
 */
public final class JsonRowReader extends RowReader {
    private static final TokenStreamFactory FACTORY = JSON.std.getStreamingFactory();

    private final ByteInput input;
    private final ValueText values = new ValueText();
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> columns;
    private final String[] texts;
    private long rowNumber;
    private String fault = "";
    private String rowText = "";
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
        input = new ByteInput(stream);
        if (!readLine()) {
            throw new FileFormatException(1, "no line, expected a JSON object on each line");
        }
        columns = List.copyOf(names());
        for (int i = 0; i < columns.size(); i++) {
            indexes.put(columns.get(i), i);
        }
        texts = new String[columns.size()];
        parse();
        if (!fault.isEmpty()) {
            throw new FileFormatException(rowNumber, fault);
        }
        isAhead = true;
    }

    /** Moves to the next line that is not empty. */
    private boolean readLine() throws IOException {
        while (input.hasLine()) {
            rowNumber = input.lineCount() + 1;
            final int end = input.lineEnd(0);
            if (end == ByteInput.NONE) {
                rowText = input.takeTooLong();
                fault = ByteInput.TOO_LONG;
                return true;
            }
            fault = input.isUtf8(0, end) ? "" : ByteInput.NOT_UTF_8;
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
            if (fault.isEmpty() && parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    names.add(parser.currentName());
                    parser.nextToken();
                    parser.skipChildren();
                }
            }
        } catch (final JsonProcessingException e) {
            throw new FileFormatException(rowNumber, malformed(e));
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
        if (!readLine()) {
            return false;
        }
        parse();
        return true;
    }

    private void parse() throws IOException {
        if (!fault.isEmpty()) {
            return;
        }
        Arrays.fill(texts, null);
        try (JsonParser parser = FACTORY.createParser(rowText)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                fault = "no JSON object, expected one on each line";
                return;
            }
            while (fault.isEmpty() && parser.nextToken() == JsonToken.FIELD_NAME) {
                takeField(parser);
            }
            if (fault.isEmpty() && parser.nextToken() != null) {
                fault = "text after the JSON object, expected one object on each line";
            }
        } catch (final JsonProcessingException e) {
            fault = malformed(e);
        }
    }

    private void takeField(final JsonParser parser) throws IOException {
        final String name = parser.currentName();
        final Integer index = indexes.get(name);
        final JsonToken token = parser.nextToken();
        if (index == null) {
            fault = "field=" + name + ", expected one of " + columns + " as in the first line";
        } else if (texts[index] != null) {
            fault = "field=" + name + " is there twice, expected each field once";
        } else if (token == null || !token.isScalarValue()) {
            fault = "field=" + name + " holds an object or a list, expected text, a number or null";
        } else {
            texts[index] = token == JsonToken.VALUE_NULL ? "" : parser.getText();
        }
    }

    @Override
    public List<String> columns() {
        return columns;
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
        return rowText;
    }

    @Override
    public long byteCount() {
        return input.byteCount();
    }

    @Override
    public boolean isEmpty(final int column) {
        return text(column).isEmpty();
    }

    @Override
    public String text(final int column) {
        return texts[column] == null ? "" : texts[column];
    }

    @Override
    public long instantNs(final int column) {
        final byte[] bytes = text(column).getBytes(StandardCharsets.UTF_8);
        try {
            return values.instantNs(bytes, 0, bytes.length);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(columns.get(column) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public long scaled(final int column, final int scale) {
        final byte[] bytes = text(column).getBytes(StandardCharsets.UTF_8);
        return values.scaled(bytes, 0, bytes.length, scale);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
