package io.tollgate.data.arrow;

import io.tollgate.data.table.Column;
import io.tollgate.data.table.ColumnType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The values of a column in one batch. One thread at a time. */
final class ColumnBuffer {
    private static final int DECIMAL_LENGTH = 16;
    private static final long[] POWERS = {
        1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
    };

    private final ColumnType type;
    private final int rows;
    private final byte[] validity;
    private final ByteBuffer offsets;
    private ByteBuffer values;
    private int count;
    private int nullCount;
    private String lastText = "";
    private byte[] lastBytes = new byte[0];

    ColumnBuffer(final Column column, final int rows) {
        type = column.type();
        this.rows = rows;
        validity = new byte[(rows + 7) / 8];
        offsets = buffer(type == ColumnType.TEXT ? (rows + 1) * Integer.BYTES : 0);
        values = buffer(rows * valueLength());
        clear();
    }

    private static ByteBuffer buffer(final int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the length of a value, for text a first guess. */
    private int valueLength() {
        return switch (type) {
            case TEXT, DECIMAL -> DECIMAL_LENGTH;
            case INT -> Integer.BYTES;
            case LONG, INSTANT, DOUBLE -> Long.BYTES;
        };
    }

    void clear() {
        Arrays.fill(validity, (byte) 0);
        offsets.clear();
        values.clear();
        count = 0;
        nullCount = 0;
        if (type == ColumnType.TEXT) {
            offsets.putInt(0);
        }
    }

    private void valid() {
        validity[count >> 3] |= (byte) (1 << (count & 7));
        count++;
    }

    void text(final String text) {
        if (text != lastText) {
            lastText = text;
            lastBytes = text.getBytes(StandardCharsets.UTF_8);
        }
        if (values.remaining() < lastBytes.length) {
            final int length = Math.addExact(values.position(), lastBytes.length);
            values = buffer(Math.max(length, (int) Math.min(2L * values.capacity(), Integer.MAX_VALUE - 8)))
                    .put(values.flip());
        }
        values.put(lastBytes);
        offsets.putInt(values.position());
        valid();
    }

    void integer(final long value) {
        if (type == ColumnType.INT) {
            values.putInt((int) value);
        } else {
            values.putLong(value);
        }
        valid();
    }

    void real(final double value) {
        values.putDouble(value);
        valid();
    }

    void decimal(final long scaled, final int scale) {
        final long power = POWERS[scale];
        values.putLong(scaled * power).putLong(Math.multiplyHigh(scaled, power));
        valid();
    }

    void empty() {
        if (type == ColumnType.TEXT) {
            offsets.putInt(values.position());
        } else {
            for (int i = 0; i < valueLength(); i += Integer.BYTES) {
                values.putInt(0);
            }
        }
        count++;
        nullCount++;
    }

    int nullCount() {
        return nullCount;
    }

    /** {@return the lengths of the buffers in bytes: validity, offsets of text, values} */
    int[] lengths() {
        // A column without nulls needs no validity.
        final int bits = nullCount == 0 ? 0 : (count + 7) / 8;
        return type == ColumnType.TEXT
                ? new int[] {bits, offsets.position(), values.position()}
                : new int[] {bits, values.position()};
    }

    /** Writes the buffers, each padded to the alignment. */
    void writeTo(final OutputStream stream) throws IOException {
        final int[] lengths = lengths();
        ArrowMessages.writePadded(stream, validity, lengths[0]);
        if (type == ColumnType.TEXT) {
            ArrowMessages.writePadded(stream, offsets.array(), lengths[1]);
        }
        ArrowMessages.writePadded(stream, values.array(), lengths[lengths.length - 1]);
    }
}
