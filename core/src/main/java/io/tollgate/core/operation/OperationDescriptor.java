package io.tollgate.core.operation;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The header of every operation record, on the ring and in the log, and the record types.
 *
 * <pre>
 *   0        1        2        3        4        5        6        7        8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |     length      |              batchId              |
 *   +--------+--------+-----------------+-----------------------------------+
 *   |                       fields of the type ...                          |
 *   +-----------------------------------------------------------------------+
 * </pre>
 *
 * <p>{@code length} is unsigned and counts the whole record in bytes, including the header. It is a multiple of {@value
 * #ALIGNMENT}. {@code flags} are zero, except the mode of a {@link ClockOperation} and {@link #STAMPED}. {@code
 * batchId} is {@value #NO_BATCH} outside a batch. {@link #BATCH_ABORT} and {@link #PAD} have only a header.
 *
 * <p>The codes of the types are in files, so they never change and are never reused. All methods are static and access
 * only the given buffer; the caller is responsible for thread safety.
 */
public final class OperationDescriptor {
    /** Records start at, and have lengths of, multiples of this many bytes. */
    public static final int ALIGNMENT = 8;

    /** Offset of the type: one byte. */
    public static final int TYPE_OFFSET = 0;

    /** Offset of the flags: one byte. */
    public static final int FLAGS_OFFSET = 1;

    /**
     * Flag of a point, and of the end of a life: the knowledge time was not given, and is that of the engine clock when
     * the point was offered. A replay uses it to restore the clock, because the log records no other value of the
     * system clock.
     */
    public static final int STAMPED = 1;

    /** Offset of the length of the whole record in bytes: two bytes, unsigned. */
    public static final int LENGTH_OFFSET = 2;

    /** Offset of the batch id: four bytes. */
    public static final int BATCH_ID_OFFSET = 4;

    /** Length of the header in bytes; also the offset of the first field of a type. */
    public static final int HEADER_LENGTH = 8;

    /** The longest record in bytes that the length field can express. */
    public static final int MAX_RECORD_LENGTH = 65_528;

    /**
     * The largest valid sequence, reached after 146 years at a billion operations a second. A larger value is damage.
     */
    public static final long MAX_SEQUENCE = 1L << 62;

    /** The batch id of a record that belongs to no batch. */
    public static final int NO_BATCH = 0;

    /** The value of a time or reference that was not given. */
    public static final long MISSING = Long.MIN_VALUE;

    /** Defines a series: {@link SeriesDefinitionOperation}. */
    public static final int DEFINE_SERIES = 1;

    /** Registers a window of a series: {@link WindowDefinitionOperation}. */
    public static final int DEFINE_WINDOW = 2;

    /** A point with a known value: {@link PointOperation}. */
    public static final int POINT = 3;

    /** The value is unknown from this time: {@link PointOperation} with the value {@link #MISSING}. */
    public static final int UNKNOWN = 4;

    /** Withdraws a point: {@link PointOperation}. */
    public static final int WITHDRAW = 5;

    /** Begins a batch: {@link BatchOperation}. Only its points follow before its end. */
    public static final int BATCH_BEGIN = 6;

    /** Commits a batch: {@link BatchOperation}. */
    public static final int BATCH_COMMIT = 7;

    /** Aborts a batch: header only. */
    public static final int BATCH_ABORT = 8;

    /** Advances the engine clock: {@link ClockOperation}. */
    public static final int CLOCK = 9;

    /** A point was refused by the engine: {@link RefusalOperation}. */
    public static final int REFUSAL = 10;

    /** Moves the retention horizon of a series: {@link RetentionOperation}. */
    public static final int RETENTION = 11;

    /** Panel watches begin, end or change state: {@link PanelOperation}. */
    public static final int PANEL = 12;

    /** A subscription to metrics begins, ends or continues: {@link WatchOperation}. */
    public static final int WATCH = 13;

    /** A checkpoint starts or is complete. */
    public static final int CHECKPOINT_MARK = 14;

    /** Fills space: header only, or followed by ignored bytes. */
    public static final int PAD = 15;

    /** Registers windows by pattern: {@link WindowRegistrationOperation}. */
    public static final int REGISTER_WINDOWS = 16;

    /** Records an accepted loss of operations: {@link LossOperation}. */
    public static final int LOSS = 17;

    /** Ends the life of a series: {@link LifeEndOperation}. */
    public static final int END_SERIES = 18;

    /** Links a series to its predecessor, which ends: {@link LifeEndOperation}. */
    public static final int FOLLOW_SERIES = 19;

    /** Raises the last knowledge time of a series: {@link KnowledgeOperation}. */
    public static final int KNOWLEDGE = 20;

    /** The largest known type. */
    public static final int LAST_TYPE = KNOWLEDGE;

    private OperationDescriptor() {}

    /**
     * Writes a header. The other bytes of the record are unchanged.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param type of the record, one of the constants of this class.
     * @param length of the whole record in bytes, a multiple of {@value #ALIGNMENT}.
     * @param batchId the record belongs to, or {@link #NO_BATCH}.
     */
    public static void putHeader(
            final MutableDirectBuffer buffer, final int offset, final int type, final int length, final int batchId) {
        buffer.putByte(offset + TYPE_OFFSET, (byte) type);
        buffer.putByte(offset + FLAGS_OFFSET, (byte) 0);
        buffer.putShort(offset + LENGTH_OFFSET, (short) length);
        buffer.putInt(offset + BATCH_ID_OFFSET, batchId);
    }

    /**
     * Sets the flag that the knowledge time of a record was stamped by the engine clock.
     *
     * @param buffer that holds the record.
     * @param offset of the record in the buffer, in bytes.
     */
    public static void putStamped(final MutableDirectBuffer buffer, final int offset) {
        buffer.putByte(offset + FLAGS_OFFSET, (byte) STAMPED);
    }

    /**
     * Returns the type of a record.
     *
     * @param buffer that holds the record.
     * @param offset of the record in the buffer, in bytes.
     * @return the code, 0 to 255; not necessarily a known one, see {@link #isKnown(int)}.
     */
    public static int type(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + TYPE_OFFSET) & 0xFF;
    }

    /**
     * Returns the length of a record.
     *
     * @param buffer that holds the record.
     * @param offset of the record in the buffer, in bytes.
     * @return the length of the whole record in bytes, 0 to 65535; not checked, see {@link #isLength(int)}.
     */
    public static int length(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + LENGTH_OFFSET) & 0xFFFF;
    }

    /**
     * Returns the batch of a record.
     *
     * @param buffer that holds the record.
     * @param offset of the record in the buffer, in bytes.
     * @return the batch id, or {@link #NO_BATCH}.
     */
    public static int batchId(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + BATCH_ID_OFFSET);
    }

    /**
     * Returns true if a record has the layout of {@link PointOperation}.
     *
     * @param type of the record.
     * @return true for POINT, UNKNOWN and WITHDRAW.
     */
    public static boolean isPoint(final int type) {
        return type == POINT || type == UNKNOWN || type == WITHDRAW;
    }

    /**
     * Returns true if a code is a record type known to this version.
     *
     * @param type code, any number.
     * @return true for the types of this class.
     */
    public static boolean isKnown(final int type) {
        return type >= DEFINE_SERIES && type <= LAST_TYPE;
    }

    /**
     * Returns true if a number is a valid record length: at least a header, at most {@value #MAX_RECORD_LENGTH}, and a
     * multiple of {@value #ALIGNMENT}.
     *
     * @param length in bytes, any number.
     * @return true if it is valid.
     */
    public static boolean isLength(final int length) {
        return length >= HEADER_LENGTH && length <= MAX_RECORD_LENGTH && (length & (ALIGNMENT - 1)) == 0;
    }

    /**
     * Returns true if a number can be the last sequence of a log.
     *
     * @param sequence any number.
     * @return true from 0, the value without an operation, to {@link #MAX_SEQUENCE}.
     */
    public static boolean isSequence(final long sequence) {
        return sequence >= 0 && sequence <= MAX_SEQUENCE;
    }

    /**
     * Returns the name of a type, for messages.
     *
     * @param type code, any number.
     * @return the name of its constant, or {@code unknown(code)}.
     */
    public static String name(final int type) {
        return switch (type) {
            case DEFINE_SERIES -> "DEFINE_SERIES";
            case DEFINE_WINDOW -> "DEFINE_WINDOW";
            case POINT -> "POINT";
            case UNKNOWN -> "UNKNOWN";
            case WITHDRAW -> "WITHDRAW";
            case BATCH_BEGIN -> "BATCH_BEGIN";
            case BATCH_COMMIT -> "BATCH_COMMIT";
            case BATCH_ABORT -> "BATCH_ABORT";
            case CLOCK -> "CLOCK";
            case REFUSAL -> "REFUSAL";
            case RETENTION -> "RETENTION";
            case PANEL -> "PANEL";
            case WATCH -> "WATCH";
            case CHECKPOINT_MARK -> "CHECKPOINT_MARK";
            case PAD -> "PAD";
            case REGISTER_WINDOWS -> "REGISTER_WINDOWS";
            case LOSS -> "LOSS";
            case END_SERIES -> "END_SERIES";
            case FOLLOW_SERIES -> "FOLLOW_SERIES";
            case KNOWLEDGE -> "KNOWLEDGE";
            default -> "unknown(" + type + ")";
        };
    }
}
