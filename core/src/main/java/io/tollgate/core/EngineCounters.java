package io.tollgate.core;

import io.tollgate.api.RefusalReason;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.store.MappedArea;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * What an engine has done, and its distinct errors, in a file of the data directory that other processes can read while
 * it runs and after it has died: Agrona's counters and error log.
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
 * <p>There is room for 1,024 counters. {@link #update()} copies what the engine counts; the thread that calls it is the
 * only writer of the values. Errors may come from any thread.
 */
final class EngineCounters implements AutoCloseable {
    static final String FILE_NAME = "counters";

    /** The label of the first of all counters: the engine clock. */
    static final String NOW = "now";

    private static final long MAGIC = 0x5254_4E43_4C4C_4F54L;
    private static final int VERSION = 1;
    private static final int VERSION_OFFSET = 8;
    private static final int HEADER_LENGTH = 64;
    private static final int CAPACITY = 1024;
    private static final int COUNTER_LENGTH = CountersReader.METADATA_LENGTH + CountersReader.COUNTER_LENGTH;
    private static final int ERRORS_LENGTH = 1 << 16;

    private static final RefusalReason[] REASONS = RefusalReason.values();

    private static final int VALUES_OFFSET = HEADER_LENGTH + CAPACITY * CountersReader.METADATA_LENGTH;

    /** Bytes of the file. */
    static final int LENGTH = HEADER_LENGTH + CAPACITY * COUNTER_LENGTH + ERRORS_LENGTH;

    private final MappedArea area;
    private final DistinctErrorLog errors;
    private final Sources sources;
    private final AtomicCounter[] counters = new AtomicCounter[Count.values().length];
    private final AtomicCounter[] refused = new AtomicCounter[REASONS.length];
    private boolean isClosed;

    /** What is counted, in the order of the counters. */
    private enum Count {
        NOW,
        SERIES,
        APPLIED_SEQUENCE,
        DURABLE_SEQUENCE,
        APPLIED,
        REVISED,
        UNCHANGED,
        LATE,
        IGNORED,
        WITHDRAWN,
        STORE_BYTES,
        STORE_STALLS,
        LOG_STALLS,
        LOG_FAILED,
        CONTENDED_READS,
        BACK_PRESSURED,
        CHECKPOINTS,
        CHECKPOINTS_FAILED,
        LOG_SEGMENTS_DELETED
    }

    /** What the engine counts beside its writer. */
    record Sources(
            WriterSources writer, EngineCopies copies, LongSupplier contendedReads, LongSupplier backPressured) {}

    /** What the writer counts. */
    record WriterSources(
            EngineResources resources,
            OperationLog log,
            PointAdmission admission,
            OperationJournal journal,
            LogDurability durability) {}

    /** A value that was counted, as it is read from the file. */
    record Value(String label, long value) {}

    private EngineCounters(final MappedArea area, final Sources sources) {
        this.area = area;
        this.sources = sources;
        final UnsafeBuffer buffer = area.buffer();
        buffer.setMemory(0, LENGTH, (byte) 0);
        final CountersManager manager =
                new CountersManager(metadata(buffer), values(buffer), StandardCharsets.US_ASCII);
        for (final Count count : Count.values()) {
            counters[count.ordinal()] = manager.newCounter(label(count.name()));
        }
        for (final RefusalReason reason : REASONS) {
            refused[reason.ordinal()] = manager.newCounter("refused-" + label(reason.name()));
        }
        errors = new DistinctErrorLog(errors(buffer), SystemEpochClock.INSTANCE);
    }

    /** A label has no spaces. */
    private static String label(final String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static UnsafeBuffer metadata(final UnsafeBuffer file) {
        return new UnsafeBuffer(file, HEADER_LENGTH, CAPACITY * CountersReader.METADATA_LENGTH);
    }

    private static UnsafeBuffer values(final UnsafeBuffer file) {
        return new UnsafeBuffer(file, VALUES_OFFSET, CAPACITY * CountersReader.COUNTER_LENGTH);
    }

    private static UnsafeBuffer errors(final UnsafeBuffer file) {
        return new UnsafeBuffer(file, LENGTH - ERRORS_LENGTH, ERRORS_LENGTH);
    }

    /** Makes the file of an engine that is opened, without what an earlier one has left in it. */
    static EngineCounters create(final FileAccess files, final Path dataDirectory, final Sources sources) {
        final MappedArea area = MappedArea.replaced(files, dataDirectory.resolve(FILE_NAME), LENGTH);
        final EngineCounters counters = new EngineCounters(area, sources);
        counters.updatePositions();
        // From here on others may read it.
        area.buffer().putInt(VERSION_OFFSET, VERSION);
        area.buffer().putLongRelease(0, MAGIC);
        return counters;
    }

    /** Copies the counters that other processes go by: whenever something was done, as long as there is memory. */
    void updatePositions() {
        if (!isClosed) {
            final EngineResources resources = sources.writer().resources();
            set(Count.NOW, resources.clock().publishedNow());
            set(Count.SERIES, resources.store().seriesCount());
            set(Count.APPLIED_SEQUENCE, sources.writer().journal().appliedSequence());
            set(Count.DURABLE_SEQUENCE, sources.writer().durability().durableSequence());
        }
    }

    /** Copies all counts, as long as there is memory for them. */
    void update() {
        updatePositions();
        if (!isClosed) {
            final EngineResources resources = sources.writer().resources();
            final AppliedCounts applied = resources.applier().counts();
            set(Count.APPLIED, applied.appliedCount());
            set(Count.REVISED, applied.revisedCount());
            set(Count.UNCHANGED, applied.unchangedCount());
            set(Count.LATE, applied.lateCount());
            set(Count.IGNORED, applied.ignoredCount());
            set(Count.WITHDRAWN, applied.withdrawnCount());
            set(Count.STORE_BYTES, resources.store().bytes());
            set(Count.STORE_STALLS, resources.store().stallCount());
            final OperationLog log = sources.writer().log();
            set(Count.LOG_STALLS, log.stalls());
            set(Count.LOG_FAILED, log.isFailed() ? 1 : 0);
            set(Count.CONTENDED_READS, sources.contendedReads().getAsLong());
            set(Count.BACK_PRESSURED, sources.backPressured().getAsLong());
            set(Count.CHECKPOINTS, sources.copies().madeCount());
            set(Count.CHECKPOINTS_FAILED, sources.copies().failedCount());
            set(Count.LOG_SEGMENTS_DELETED, sources.copies().deletedSegmentCount());
            for (int i = 0; i < refused.length; i++) {
                refused[i].setRelease(sources.writer().admission().refusedCount(REASONS[i]));
            }
        }
    }

    private void set(final Count count, final long value) {
        counters[count.ordinal()].setRelease(value);
    }

    /** Takes an error down, as long as there is memory for it. */
    void onError(final Throwable error) {
        if (!isClosed) {
            errors.record(error);
        }
    }

    /** The counters in the bytes of a file, but for those with labels that no engine gives; none if it is not one. */
    static List<Value> values(final byte[] file) {
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

    /** Whether there is a counter with a label of a length that there is: any would be read into memory. */
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
     * The engine clock in the file of an engine, as it stands at this moment.
     *
     * @return nanoseconds since the epoch, empty if the file is none of counters, or was cut.
     * @throws IOException if it cannot be read.
     */
    static OptionalLong now(final Path file) throws IOException {
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

    /** The distinct errors in the bytes of a file, the first line of each with how often it was seen. */
    static List<String> errors(final byte[] file) {
        final List<String> lines = new ArrayList<>();
        if (isCounters(file)) {
            try (MappedArea whole = copy(file)) {
                ErrorLogReader.read(
                        errors(whole.buffer()),
                        (count, first, last, text) -> lines.add(
                                count + " x " + text.lines().findFirst().orElse("")));
            }
        }
        return lines;
    }

    private static boolean isCounters(final byte[] file) {
        final UnsafeBuffer buffer = new UnsafeBuffer(file);
        return file.length == LENGTH && buffer.getLong(0) == MAGIC && buffer.getInt(VERSION_OFFSET) == VERSION;
    }

    /** Outside the heap, where counters are aligned. */
    private static MappedArea copy(final byte[] file) {
        final MappedArea copy = MappedArea.anonymous(file.length);
        copy.buffer().putBytes(0, file);
        return copy;
    }

    /** Once no agent of the engine is worked any more: one of them may be closed again all the same. */
    @Override
    public void close() {
        isClosed = true;
        area.close();
    }
}
