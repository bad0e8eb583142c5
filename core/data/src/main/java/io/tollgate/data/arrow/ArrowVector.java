package io.tollgate.data.arrow;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.data.table.FileFormatException;
import io.tollgate.data.text.ShortestDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/** The values of a field in the current batch. One thread at a time. */
final class ArrowVector {
    private static final TimeUnit[] UNITS = {
        TimeUnit.SECONDS, TimeUnit.MILLISECONDS, TimeUnit.MICROSECONDS, TimeUnit.NANOSECONDS
    };
    private static final String TYPES =
            "utf8, an integer, float or double, decimal128, timestamp or date; convert the column before";
    private static final int MAX_DECIMAL_SCALE = 38;
    private static final int MAX_LONG_DIGITS = 18;
    private static final long[] POWERS = new long[MAX_LONG_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    /** How the values are stored. */
    private enum Form {
        NULL,
        TEXT,
        LARGE_TEXT,
        INTEGER,
        UNSIGNED,
        FLOAT,
        DOUBLE,
        DECIMAL,
        INSTANT,
        DATE
    }

    private final String name;
    private final Form form;
    /** The length of a value in bytes; of an offset, for text. */
    private final int width;

    private int decimalScale;
    private int count;
    private TimeUnit unit = TimeUnit.NANOSECONDS;
    private ByteBuffer validity = ByteBuffer.allocate(0);
    private ByteBuffer offsets = validity;
    private ByteBuffer values = validity;
    private byte[] lastBytes = new byte[0];
    private String lastText = "";

    private ArrowVector(final String name, final Form form, final int width) {
        this.name = name;
        this.form = form;
        this.width = width;
    }

    /**
     * Creates an empty vector of a field.
     *
     * @throws FileFormatException if its values have no place in a table of text, numbers and instants.
     */
    static ArrowVector of(final Field field) throws FileFormatException {
        final String name = field.name();
        return switch (field.typeType()) {
            case Type.Null -> new ArrowVector(name, Form.NULL, 0);
            case Type.Utf8 -> new ArrowVector(name, Form.TEXT, Integer.BYTES);
            case Type.LargeUtf8 -> new ArrowVector(name, Form.LARGE_TEXT, Long.BYTES);
            case Type.Int -> ofInt(name, (Int) field.type(new Int()));
            case Type.FloatingPoint -> ofReal(name, (FloatingPoint) field.type(new FloatingPoint()));
            case Type.Decimal -> ofDecimal(name, (Decimal) field.type(new Decimal()));
            case Type.Timestamp -> {
                final ArrowVector vector = new ArrowVector(name, Form.INSTANT, Long.BYTES);
                vector.unit = UNITS[((Timestamp) field.type(new Timestamp())).unit()];
                yield vector;
            }
            case Type.Date -> {
                final boolean isOfDays = ((Date) field.type(new Date())).unit() == DateUnit.DAY;
                yield new ArrowVector(name, Form.DATE, isOfDays ? Integer.BYTES : Long.BYTES);
            }
            default -> throw unsupported(name, Type.name(field.typeType()));
        };
    }

    static ArrowVector ofInt(final String name, final Int type) throws FileFormatException {
        if (type.bitWidth() < Byte.SIZE || type.bitWidth() > Long.SIZE || Integer.bitCount(type.bitWidth()) != 1) {
            throw unsupported(name, "int" + type.bitWidth());
        }
        return new ArrowVector(name, type.isSigned() ? Form.INTEGER : Form.UNSIGNED, type.bitWidth() / Byte.SIZE);
    }

    private static ArrowVector ofReal(final String name, final FloatingPoint type) throws FileFormatException {
        return switch (type.precision()) {
            case Precision.SINGLE -> new ArrowVector(name, Form.FLOAT, Float.BYTES);
            case Precision.DOUBLE -> new ArrowVector(name, Form.DOUBLE, Double.BYTES);
            default -> throw unsupported(name, "float16");
        };
    }

    private static ArrowVector ofDecimal(final String name, final Decimal type) throws FileFormatException {
        if (type.bitWidth() != 2 * Long.SIZE || Math.abs((long) type.scale()) > MAX_DECIMAL_SCALE) {
            throw unsupported(name, "decimal" + type.bitWidth() + " of scale " + type.scale());
        }
        final ArrowVector vector = new ArrowVector(name, Form.DECIMAL, 2 * Long.BYTES);
        vector.decimalScale = type.scale();
        return vector;
    }

    private static FileFormatException unsupported(final String name, final String type) {
        return new FileFormatException(0, "column=" + name + " has the Arrow type " + type + ", expected " + TYPES);
    }

    String name() {
        return name;
    }

    /** {@return the number of buffers in a batch} */
    int bufferCount() {
        return form == Form.NULL ? 0 : isText() ? 3 : 2;
    }

    /** {@return true if the values are text} */
    boolean isText() {
        return form == Form.TEXT || form == Form.LARGE_TEXT;
    }

    /** Moves to a batch. Its buffers begin at an index of the list of all buffers. */
    void load(final RecordBatch batch, final int node, final int first, final ByteBuffer body)
            throws FileFormatException {
        final int rows = Math.toIntExact(batch.length());
        count = rows;
        if (form == Form.NULL) {
            return;
        }
        validity = batch.nodes(node).nullCount() == 0 ? ByteBuffer.allocate(0) : slice(batch, first, body);
        if (isText()) {
            offsets = slice(batch, first + 1, body);
            values = slice(batch, first + 2, body);
            requireOffsets(rows);
        } else {
            values = slice(batch, first + 1, body);
        }
        final boolean hasValidity = validity.capacity() == 0 || validity.capacity() >= (rows + 7) / 8;
        if (!hasValidity || !isText() && values.capacity() < (long) rows * width) {
            throw new FileFormatException(0, "column=" + name + " has a buffer that is too short; the file is damaged");
        }
    }

    private static ByteBuffer slice(final RecordBatch batch, final int index, final ByteBuffer body) {
        final long offset = batch.buffers(index).offset();
        final long length = batch.buffers(index).length();
        return body.slice(Math.toIntExact(offset), Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void requireOffsets(final int rows) throws FileFormatException {
        long last = 0;
        for (int i = 0; rows > 0 && i <= rows; i++) {
            final long offset = offset(i);
            if (offset < last || offset > values.capacity()) {
                throw new FileFormatException(0, "column=" + name + " has offsets out of order; the file is damaged");
            }
            last = offset;
        }
    }

    private long offset(final int row) {
        return width == Integer.BYTES ? offsets.getInt(row * Integer.BYTES) : offsets.getLong(row * Long.BYTES);
    }

    boolean isNull(final int row) {
        return form == Form.NULL || validity.capacity() > 0 && (validity.get(row >> 3) >> (row & 7) & 1) == 0;
    }

    /** Returns the text of a value that is not null; the same object as long as it is repeated. */
    String text(final int row) {
        return switch (form) {
            case NULL -> "";
            case TEXT, LARGE_TEXT -> utf8(row);
            case INTEGER -> Long.toString(integer(row));
            case UNSIGNED -> Long.toUnsignedString(integer(row));
            case FLOAT -> new BigDecimal(Float.toString(values.getFloat(row * width))).toPlainString();
            case DOUBLE -> real(values.getDouble(row * width));
            case DECIMAL -> decimal(row).stripTrailingZeros().toPlainString();
            case INSTANT, DATE -> time(row);
        };
    }

    /** Returns an instant or a date, as the number that it is if the JDK has no such year. */
    private String time(final int row) {
        try {
            if (form == Form.INSTANT) {
                return instant(row).toString();
            }
            final boolean isOfDays = width == Integer.BYTES;
            return LocalDate.ofEpochDay(isOfDays ? integer(row) : Math.floorDiv(integer(row), 86_400_000L))
                    .toString();
        } catch (final DateTimeException e) {
            return Long.toString(integer(row));
        }
    }

    /**
     * Returns the text of an entry of a dictionary.
     *
     * @throws IllegalArgumentException if the dictionary has no such entry.
     */
    String textOfIndex(final long index) {
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException(
                    "column=" + name + " dictionaryIndex=" + index + ", expected 0 to " + (count - 1));
        }
        return isNull((int) index) ? "" : text((int) index);
    }

    private static String real(final double value) {
        return Double.isFinite(value) ? ShortestDecimal.of(value) : Double.toString(value);
    }

    private String utf8(final int row) {
        final int from = (int) offset(row);
        final int to = (int) offset(row + 1);
        final byte[] bytes = values.array();
        final int base = values.arrayOffset();
        if (!Arrays.equals(lastBytes, 0, lastBytes.length, bytes, base + from, base + to)) {
            lastBytes = Arrays.copyOfRange(bytes, base + from, base + to);
            lastText = new String(lastBytes, StandardCharsets.UTF_8);
        }
        return lastText;
    }

    boolean isInteger() {
        return form == Form.INTEGER || form == Form.UNSIGNED && width < Long.BYTES;
    }

    /** Returns an integer, or the number of days or units of an instant or a date. */
    long integer(final int row) {
        final boolean isSigned = form != Form.UNSIGNED;
        return switch (width) {
            case Byte.BYTES -> isSigned ? values.get(row) : Byte.toUnsignedLong(values.get(row));
            case Short.BYTES ->
                isSigned ? values.getShort(row * width) : Short.toUnsignedLong(values.getShort(row * width));
            case Integer.BYTES ->
                isSigned ? values.getInt(row * width) : Integer.toUnsignedLong(values.getInt(row * width));
            default -> values.getLong(row * width);
        };
    }

    boolean isInstant() {
        return form == Form.INSTANT;
    }

    long instantNs(final int row) {
        try {
            return unit == TimeUnit.NANOSECONDS ? Instants.requireInRange(integer(row)) : Instants.of(instant(row));
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(
                    "instant=" + integer(row) + ' ' + unit + ", expected an instant from 1677 to 2262", e);
        }
    }

    private Instant instant(final int row) {
        final long value = integer(row);
        final long perSecond = unit.convert(1, TimeUnit.SECONDS);
        return Instant.ofEpochSecond(Math.floorDiv(value, perSecond), unit.toNanos(Math.floorMod(value, perSecond)));
    }

    boolean isNumber() {
        return form == Form.DECIMAL || form == Form.INTEGER || form == Form.UNSIGNED;
    }

    /** Returns a number as a scaled value, without a detour over text. */
    long scaled(final int row, final int scale) {
        if (form == Form.DECIMAL) {
            final long low = values.getLong(row * width);
            final long high = values.getLong(row * width + Long.BYTES);
            final int surplus = decimalScale - scale;
            if (high == low >> 63
                    && low != Decimals.UNKNOWN
                    && surplus >= 0
                    && surplus <= MAX_LONG_DIGITS
                    && low % POWERS[surplus] == 0) {
                return low / POWERS[surplus];
            }
        }
        return Decimals.scaled(decimal(row), scale, RoundingMode.UNNECESSARY);
    }

    private BigDecimal decimal(final int row) {
        if (form != Form.DECIMAL) {
            return new BigDecimal(text(row));
        }
        final byte[] bigEndian = new byte[2 * Long.BYTES];
        ByteBuffer.wrap(bigEndian)
                .putLong(values.getLong(row * width + Long.BYTES))
                .putLong(values.getLong(row * width));
        return new BigDecimal(new BigInteger(bigEndian), decimalScale);
    }
}
