package io.tollgate.data.arrow;

import io.tollgate.data.table.FileFormatException;
import io.tollgate.data.table.RowReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/**
 * Reads an Arrow IPC stream or file, batch by batch: text, also with dictionaries, integers, floating-point numbers,
 * decimal128, timestamps and dates. A timestamp without a time zone counts as UTC. Compressed batches are refused. One
 * thread at a time.
 */
public final class ArrowRowReader extends RowReader {
    private static final int MAX_METADATA_LENGTH = 1 << 26;
    private static final int BUFFER_LENGTH = 1 << 16;

    private final InputStream stream;
    private final List<String> columns;
    private final List<ArrowVector> vectors = new ArrayList<>();
    /** The dictionary of each column, null for none. */
    private final List<Long> dictionaryOf = new ArrayList<>();

    private final Map<Long, ArrowVector> dictionaries = new HashMap<>();
    private long byteCount;
    private long rowNumber;
    private int rows;
    private int row = -1;

    /**
     * Reads the schema.
     *
     * @param stream to read; it is closed with this reader.
     * @throws FileFormatException if the stream is not an Arrow stream or file, or has columns of other types.
     * @throws IOException         if the stream cannot be read.
     */
    public ArrowRowReader(final InputStream stream) throws IOException {
        this.stream = new BufferedInputStream(stream, BUFFER_LENGTH);
        skipMagic();
        final Message message = readMessage();
        try {
            if (message == null || message.headerType() != MessageHeader.Schema) {
                throw new FileFormatException(0, "no Arrow schema, expected an Arrow IPC stream or file");
            }
            readSchema((Schema) message.header(new Schema()));
        } catch (final IndexOutOfBoundsException | IllegalArgumentException | NullPointerException e) {
            throw damaged(e);
        }
        columns = vectors.stream().map(ArrowVector::name).toList();
    }

    private void skipMagic() throws IOException {
        final byte[] magic = ArrowRowWriter.MAGIC.getBytes(StandardCharsets.US_ASCII);
        stream.mark(magic.length);
        final byte[] first = stream.readNBytes(magic.length);
        if (new String(first, StandardCharsets.US_ASCII).equals(ArrowRowWriter.MAGIC)) {
            stream.readNBytes(ArrowMessages.padded(magic.length) - magic.length);
        } else {
            stream.reset();
        }
    }

    private void readSchema(final Schema schema) throws FileFormatException {
        if (schema.endianness() != Endianness.Little) {
            throw new FileFormatException(0, "the Arrow file is big-endian, expected little-endian");
        }
        for (int i = 0; i < schema.fieldsLength(); i++) {
            final Field field = schema.fields(i);
            final DictionaryEncoding encoding = field.dictionary();
            if (encoding == null) {
                vectors.add(ArrowVector.of(field));
                dictionaryOf.add(null);
            } else {
                vectors.add(ArrowVector.ofInt(field.name(), encoding.indexType()));
                dictionaryOf.add(encoding.id());
                dictionaries.put(encoding.id(), ArrowVector.of(field));
            }
        }
    }

    private static FileFormatException damaged(final RuntimeException e) {
        final FileFormatException damaged = new FileFormatException(0, "the metadata of the Arrow file is damaged");
        damaged.initCause(e);
        return damaged;
    }

    /** Reads the metadata of the next message. Returns null at the end. */
    private Message readMessage() throws IOException {
        final byte[] prefix = stream.readNBytes(ArrowMessages.PREFIX_LENGTH);
        if (prefix.length < ArrowMessages.PREFIX_LENGTH) {
            return null;
        }
        final ByteBuffer words = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN);
        final int length = words.getInt(Integer.BYTES);
        if (words.getInt(0) != ArrowMessages.CONTINUATION || length < 0 || length > MAX_METADATA_LENGTH) {
            throw new FileFormatException(0, "no message of an Arrow IPC stream or file where one is expected");
        }
        if (length == 0) {
            return null;
        }
        byteCount += ArrowMessages.PREFIX_LENGTH + length;
        try {
            return Message.getRootAsMessage(ByteBuffer.wrap(required(length)).order(ByteOrder.LITTLE_ENDIAN));
        } catch (final IndexOutOfBoundsException e) {
            throw damaged(e);
        }
    }

    private byte[] required(final int length) throws IOException {
        final byte[] bytes = stream.readNBytes(length);
        if (bytes.length < length) {
            throw new FileFormatException(0, "the Arrow file ends within a message; it is incomplete");
        }
        return bytes;
    }

    @Override
    public boolean next() throws IOException {
        while (++row >= rows) {
            if (!readBatch()) {
                rows = 0;
                return false;
            }
        }
        rowNumber++;
        return true;
    }

    private boolean readBatch() throws IOException {
        final Message message = readMessage();
        if (message == null) {
            return false;
        }
        try {
            final int length = Math.toIntExact(message.bodyLength());
            final ByteBuffer body = ByteBuffer.wrap(required(length));
            byteCount += length;
            row = -1;
            rows = 0;
            if (message.headerType() == MessageHeader.DictionaryBatch) {
                load((DictionaryBatch) message.header(new DictionaryBatch()), body);
            } else if (message.headerType() == MessageHeader.RecordBatch) {
                load((RecordBatch) message.header(new RecordBatch()), body);
            }
            return true;
        } catch (final IndexOutOfBoundsException | ArithmeticException | NullPointerException e) {
            throw damaged(e);
        }
    }

    private void load(final DictionaryBatch batch, final ByteBuffer body) throws FileFormatException {
        if (batch.isDelta()) {
            throw new FileFormatException(0, "the Arrow file adds to dictionaries, expected whole ones");
        }
        requirePlain(batch.data());
        dictionaries.get(batch.id()).load(batch.data(), 0, 0, body);
    }

    private void load(final RecordBatch batch, final ByteBuffer body) throws FileFormatException {
        requirePlain(batch);
        int buffer = 0;
        for (int i = 0; i < vectors.size(); i++) {
            vectors.get(i).load(batch, i, buffer, body);
            buffer += vectors.get(i).bufferCount();
        }
        rows = Math.toIntExact(batch.length());
    }

    private static void requirePlain(final RecordBatch batch) throws FileFormatException {
        if (batch.compression() != null) {
            throw new FileFormatException(
                    0, "the Arrow file has compressed batches, expected plain ones; write it without compression");
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

    /** {@return an empty text: a damaged file has no row} */
    @Override
    public String fault() {
        return "";
    }

    @Override
    public String rowText() {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            text.append(i == 0 ? "" : " ").append(columns.get(i)).append('=').append(text(i));
        }
        return text.toString();
    }

    @Override
    public long byteCount() {
        return byteCount;
    }

    @Override
    public boolean isEmpty(final int column) {
        final ArrowVector vector = vectors.get(column);
        final boolean isText = vector.isText() || dictionaryOf.get(column) != null;
        return vector.isNull(row) || isText && text(column).isEmpty();
    }

    @Override
    public String text(final int column) {
        final ArrowVector vector = vectors.get(column);
        if (vector.isNull(row)) {
            return "";
        }
        final Long dictionary = dictionaryOf.get(column);
        return dictionary == null
                ? vector.text(row)
                : dictionaries.get(dictionary).textOfIndex(vector.integer(row));
    }

    @Override
    public long integer(final int column) {
        final ArrowVector vector = vectors.get(column);
        return vector.isInteger() && isPlain(column) ? vector.integer(row) : super.integer(column);
    }

    /** Returns true if the value is there, and not in a dictionary. */
    private boolean isPlain(final int column) {
        return dictionaryOf.get(column) == null && !vectors.get(column).isNull(row);
    }

    @Override
    public long instantNs(final int column) {
        final ArrowVector vector = vectors.get(column);
        if (!vector.isInstant() || !isPlain(column)) {
            return super.instantNs(column);
        }
        try {
            return vector.instantNs(row);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(columns.get(column) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public long scaled(final int column, final int scale) {
        final ArrowVector vector = vectors.get(column);
        return vector.isNumber() && isPlain(column) ? vector.scaled(row, scale) : super.scaled(column, scale);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
