package io.tollgate.core.manifest;

import io.tollgate.core.store.memory.MappedArea;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.CountersReader;

/**
 * The file {@code counters} of a data directory. It holds the counters and errors of the engine for other processes.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  magic "TOLLCNTR"                                             |
 *  8|  version (4 bytes), reserved                                  |
 *   +---------------------------------------------------------------+
 * 64|  metadata of the counters, 512 bytes each                     |
 *   +---------------------------------------------------------------+
 *   |  values of the counters, 128 bytes each                       |
 *   +---------------------------------------------------------------+
 *   |  distinct errors, 64 KiB                                      |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>There is room for 1,024 counters.
 */
public final class CountersFile {
    public static final String FILE_NAME = "counters";

    /** The beginning of the label of a counter, before the name of a subscription: updates in its fullest queue. */
    public static final String QUEUE_USED = "queue-used:";

    /** The beginning of the label of a counter, before the name of a subscription: the capacity of that queue. */
    public static final String QUEUE_CAPACITY = "queue-capacity:";

    /** The label of the first of all counters: the engine clock. */
    static final String NOW = "now";

    private static final long MAGIC = 0x5254_4E43_4C4C_4F54L;
    private static final int VERSION = 1;
    private static final int VERSION_OFFSET = 8;
    private static final int HEADER_LENGTH = 64;
    private static final int CAPACITY = 1024;
    private static final int COUNTER_LENGTH = CountersReader.METADATA_LENGTH + CountersReader.COUNTER_LENGTH;
    private static final int ERRORS_LENGTH = 1 << 16;
    private static final int VALUES_OFFSET = HEADER_LENGTH + CAPACITY * CountersReader.METADATA_LENGTH;

    /** Bytes of the file. */
    public static final int LENGTH = HEADER_LENGTH + CAPACITY * COUNTER_LENGTH + ERRORS_LENGTH;

    private CountersFile() {}

    /** A counter value read from the file. */
    public record Value(String label, long value) {}

    /** A distinct error read from the file. The times are milliseconds since the epoch. */
    public record ErrorValue(int count, long firstMs, long lastMs, String text) {}

    public static UnsafeBuffer metadata(final UnsafeBuffer file) {
        return new UnsafeBuffer(file, HEADER_LENGTH, CAPACITY * CountersReader.METADATA_LENGTH);
    }

    public static UnsafeBuffer values(final UnsafeBuffer file) {
        return new UnsafeBuffer(file, VALUES_OFFSET, CAPACITY * CountersReader.COUNTER_LENGTH);
    }

    public static UnsafeBuffer errors(final UnsafeBuffer file) {
        return new UnsafeBuffer(file, LENGTH - ERRORS_LENGTH, ERRORS_LENGTH);
    }

    /** Marks the file as complete, so that other processes may read it. */
    public static void publish(final UnsafeBuffer file) {
        file.putInt(VERSION_OFFSET, VERSION);
        file.putLongRelease(0, MAGIC);
    }

    /**
     * Returns the counters in the bytes of a file. Counters with labels that an engine never uses are skipped. The list
     * is empty if the file is not a counters file.
     */
    public static List<Value> values(final byte[] file) {
        final List<Value> values = new ArrayList<>();
        if (isCounters(file)) {
            try (MappedArea whole = copy(file)) {
                final UnsafeBuffer metadata = metadata(whole.buffer());
                final CountersReader reader =
                        new CountersReader(metadata, values(whole.buffer()), StandardCharsets.US_ASCII);
                for (int i = 0; i < CAPACITY && reader.getCounterState(i) != CountersReader.RECORD_UNUSED; i++) {
                    if (isLabelled(metadata, i) && isPrintable(reader.getCounterLabel(i))) {
                        values.add(new Value(reader.getCounterLabel(i), reader.getCounterValue(i)));
                    }
                }
            }
        }
        return values;
    }

    /** Rejects a label length that is out of range, because a damaged length would read any amount of memory. */
    private static boolean isLabelled(final UnsafeBuffer metadata, final int counter) {
        final int offset = CountersReader.metaDataOffset(counter);
        final int length = metadata.getInt(offset + CountersReader.LABEL_OFFSET);
        return metadata.getInt(offset) == CountersReader.RECORD_ALLOCATED
                && length > 0
                && length <= CountersReader.MAX_LABEL_LENGTH;
    }

    private static boolean isPrintable(final String label) {
        return label.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    /**
     * Returns the current engine clock from the counters file of an engine.
     *
     * @return nanoseconds since the epoch, empty if the file is not a counters file or is truncated.
     * @throws IOException if it cannot be read.
     */
    public static OptionalLong now(final Path file) throws IOException {
        final ByteBuffer bytes =
                ByteBuffer.allocate(VERSION_OFFSET + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file)) {
            final boolean isCounters = channel.size() == LENGTH
                    && channel.read(bytes, 0) == bytes.capacity()
                    && bytes.getLong(0) == MAGIC
                    && bytes.getInt(VERSION_OFFSET) == VERSION;
            bytes.clear().limit(Long.BYTES);
            return isCounters && channel.read(bytes, VALUES_OFFSET) == Long.BYTES
                    ? OptionalLong.of(bytes.getLong(0))
                    : OptionalLong.empty();
        }
    }

    /** Returns the distinct errors in the bytes of a file, with the first line of each. */
    public static List<ErrorValue> errors(final byte[] file) {
        final List<ErrorValue> found = new ArrayList<>();
        if (isCounters(file)) {
            try (MappedArea whole = copy(file)) {
                ErrorLogReader.read(
                        errors(whole.buffer()),
                        (count, first, last, text) -> found.add(new ErrorValue(
                                count, first, last, text.lines().findFirst().orElse(""))));
            }
        }
        return found;
    }

    private static boolean isCounters(final byte[] file) {
        final UnsafeBuffer buffer = new UnsafeBuffer(file);
        return file.length == LENGTH && buffer.getLong(0) == MAGIC && buffer.getInt(VERSION_OFFSET) == VERSION;
    }

    /** Counters must be aligned, so the copy is outside the heap. */
    private static MappedArea copy(final byte[] file) {
        final MappedArea copy = MappedArea.anonymous(file.length);
        copy.buffer().putBytes(0, file);
        return copy;
    }
}
