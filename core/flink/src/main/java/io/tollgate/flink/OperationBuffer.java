package io.tollgate.flink;

import io.tollgate.api.Publisher;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The entries of the state of a partition, and the operations of a series that are not in the state yet. One thread.
 *
 * <pre>
 *   every entry, numbers big-endian:
 *   +---------+------+----------+----------------+---------------+----------
 *   | version | type | sequence | first known at | last known at | content     1 + 1 + 8 + 8 + 8 bytes
 *   +---------+------+----------+----------------+---------------+----------
 *   sequence: that of the series after the entry; the knowledge times of the first and the last accepted point
 *
 *   content of an IMAGE (1): the image of the series
 *   content of OPERATIONS (2) and WATCHES (3):
 *   +------------+-----+----------------------------------
 *   | key length | key | operations, or states of watches   1 byte, UTF-8
 *   +------------+-----+----------------------------------
 *   one operation:
 *   +-------+------+----------+-------+-----------+
 *   | flags | time | known at | value | reference |   1 + 8 + 8 [+ 8] [+ 8] bytes
 *   +-------+------+----------+-------+-----------+
 *   flags: bits 0 and 1: 0 point, 1 unknown, 2 withdrawal; bit 2: a reference follows. Only a point has a value.
 * </pre>
 */
final class OperationBuffer {
    /** The version of new entries, and the only one that is read. */
    static final byte VERSION = 1;

    static final byte IMAGE = 1;
    static final byte OPERATIONS = 2;
    static final byte WATCHES = 3;

    /** Bytes before the content of an entry. */
    static final int HEADER_LENGTH = 2 * Byte.BYTES + 3 * Long.BYTES;

    private static final int KIND_MASK = 0b011;
    private static final int HAS_REFERENCE = 0b100;
    private static final int MAX_OPERATION_LENGTH = Byte.BYTES + 4 * Long.BYTES;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);
    private static final PointRecord.Kind[] KINDS = PointRecord.Kind.values();

    private ByteBuffer operations = NONE;

    /** Receives the operations of an entry. */
    @FunctionalInterface
    interface Handler {
        void onOperation(PointRecord.Kind kind, long timeNs, long value, long knownAtNs, long reference);
    }

    /** Returns the length in bytes of the operations that are not in the state yet. */
    int length() {
        return operations.position();
    }

    void add(
            final PointRecord.Kind kind,
            final long timeNs,
            final long value,
            final long knownAtNs,
            final long reference) {
        if (operations.remaining() < MAX_OPERATION_LENGTH) {
            final byte[] longer =
                    Arrays.copyOf(operations.array(), Math.max(MAX_OPERATION_LENGTH, 2 * operations.capacity()));
            operations = ByteBuffer.wrap(longer).position(operations.position());
        }
        final boolean hasReference = reference != Publisher.NO_REFERENCE;
        operations.put((byte) (kind.ordinal() | (hasReference ? HAS_REFERENCE : 0)));
        operations.putLong(timeNs).putLong(knownAtNs);
        if (kind == PointRecord.Kind.POINT) {
            operations.putLong(value);
        }
        if (hasReference) {
            operations.putLong(reference);
        }
    }

    /** Forgets the operations, and releases their memory. */
    void clear() {
        operations = NONE;
    }

    /** Returns the image of a series as an entry. */
    static byte[] image(final SeriesTrack track, final byte[] image) {
        return begin(track, IMAGE, image.length).put(image).array();
    }

    /** Returns the new operations of a series as an entry. */
    static byte[] operations(final SeriesTrack track) {
        final ByteBuffer operations = track.pending().operations;
        return ofKey(track, OPERATIONS, operations.array(), operations.position());
    }

    /** Returns the states of the watches of a series as an entry. */
    static byte[] watches(final SeriesTrack track) {
        final byte[] states = track.watchStates().content();
        return ofKey(track, WATCHES, states, states.length);
    }

    private static ByteBuffer begin(final SeriesTrack track, final byte type, final int contentLength) {
        return ByteBuffer.allocate(HEADER_LENGTH + contentLength)
                .put(VERSION)
                .put(type)
                .putLong(track.sequence())
                .putLong(track.firstKnownAtNs())
                .putLong(track.lastKnownAtNs());
    }

    private static byte[] ofKey(final SeriesTrack track, final byte type, final byte[] content, final int length) {
        final byte[] key = track.series().key().getBytes(StandardCharsets.UTF_8);
        return begin(track, type, Byte.BYTES + key.length + length)
                .put((byte) key.length)
                .put(key)
                .put(content, 0, length)
                .array();
    }

    /** Opens an entry: the buffer stands before its type. */
    static ByteBuffer open(final byte[] entry) {
        final ByteBuffer buffer = ByteBuffer.wrap(entry);
        final int version = entry.length < HEADER_LENGTH ? 0 : buffer.get();
        if (version != VERSION) {
            throw new IllegalStateException("state version=" + version + " length=" + entry.length
                    + ", expected version=" + VERSION + "; restore it with the Tollgate that wrote it");
        }
        return buffer;
    }

    /** Reads the key of an entry of operations. The buffer stands behind the header. */
    static String key(final ByteBuffer entry) {
        final byte[] name = new byte[entry.get() & 0xFF];
        entry.get(name);
        return new String(name, StandardCharsets.UTF_8);
    }

    /** Passes on all operations of an entry. The buffer stands behind the key. */
    static void read(final ByteBuffer entry, final Handler handler) {
        try {
            while (entry.hasRemaining()) {
                final int flags = entry.get();
                final PointRecord.Kind kind = KINDS[flags & KIND_MASK];
                final long timeNs = entry.getLong();
                final long knownAtNs = entry.getLong();
                final long value = kind == PointRecord.Kind.POINT ? entry.getLong() : 0;
                final long reference = (flags & HAS_REFERENCE) == 0 ? Publisher.NO_REFERENCE : entry.getLong();
                handler.onOperation(kind, timeNs, value, knownAtNs, reference);
            }
        } catch (final BufferUnderflowException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalStateException(
                    "state operations at byte " + entry.position() + " of " + entry.limit()
                            + ", expected whole operations; the state is damaged: restore an earlier one",
                    e);
        }
    }
}
