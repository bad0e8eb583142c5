package io.tollgate.core.writer;

import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.admit.PointRefusals;
import io.tollgate.core.apply.AppliedCounts;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.manifest.CountersFile;
import io.tollgate.core.manifest.LogDurability;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.store.memory.MappedArea;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/**
 * What an engine has done, and its distinct errors, in a file of the data directory that other processes can read while
 * it runs and after it has died: Agrona's counters and error log. {@link CountersFile} is its layout.
 *
 * <p>{@link #update()} copies what the engine counts; the thread that calls it is the
 * only writer of the values. Errors may come from any thread.
 */
public final class EngineCounters implements AutoCloseable {
    private static final RefusalReason[] REASONS = RefusalReason.values();

    private final MappedArea area;
    private final DistinctErrorLog errors;
    private final Sources sources;
    private final AtomicCounter[] counters = new AtomicCounter[Count.values().length];
    private final AtomicCounter[] refused = new AtomicCounter[REASONS.length];
    private boolean isClosed;

    /** The quantities that are counted, in the order of the counters. */
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

    /** The counts of the engine beside those of its writer. */
    public record Sources(
            WriterSources writer, CopyCounts copies, LongSupplier contendedReads, LongSupplier backPressured) {}

    /** The counts of checkpoints. */
    public interface CopyCounts {
        /** How many checkpoints were made since the opening; any thread. */
        long madeCount();

        /** How many checkpoints failed since the opening; any thread. */
        long failedCount();

        /** How many old segments of the log were deleted since the opening; any thread. */
        long deletedSegmentCount();
    }

    /** The counts of the writer. */
    record WriterSources(
            EngineResources resources,
            OperationLog log,
            PointRefusals refusals,
            OperationJournal journal,
            LogDurability durability) {}

    private EngineCounters(final MappedArea area, final Sources sources) {
        this.area = area;
        this.sources = sources;
        final UnsafeBuffer buffer = area.buffer();
        buffer.setMemory(0, CountersFile.LENGTH, (byte) 0);
        final CountersManager manager = new CountersManager(
                CountersFile.metadata(buffer), CountersFile.values(buffer), StandardCharsets.US_ASCII);
        for (final Count count : Count.values()) {
            counters[count.ordinal()] = manager.newCounter(label(count.name()));
        }
        for (final RefusalReason reason : REASONS) {
            refused[reason.ordinal()] = manager.newCounter("refused-" + label(reason.name()));
        }
        errors = new DistinctErrorLog(CountersFile.errors(buffer), SystemEpochClock.INSTANCE);
    }

    /** A label has no spaces. */
    private static String label(final String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Makes the file of an engine that is opened, without what an earlier one has left in it. */
    public static EngineCounters create(final FileAccess files, final Path dataDirectory, final Sources sources) {
        final MappedArea area =
                MappedArea.replaced(files, dataDirectory.resolve(CountersFile.FILE_NAME), CountersFile.LENGTH);
        final EngineCounters counters = new EngineCounters(area, sources);
        counters.updatePositions();
        CountersFile.publish(area.buffer());
        return counters;
    }

    /** Copies the counters that other processes go by: whenever something was done, as long as there is memory. */
    void updatePositions() {
        if (!isClosed) {
            final WriterSources writer = sources.writer();
            final EngineResources resources = writer.resources();
            set(Count.NOW, resources.clock().publishedNow());
            set(Count.SERIES, resources.store().seriesCount());
            set(Count.APPLIED_SEQUENCE, writer.journal().appliedSequence());
            set(Count.DURABLE_SEQUENCE, writer.durability().durableSequence());
        }
    }

    /** Copies all counts, as long as there is memory for them. */
    public void update() {
        updatePositions();
        if (!isClosed) {
            final WriterSources writer = sources.writer();
            final EngineResources resources = writer.resources();
            final AppliedCounts applied = resources.applier().counts();
            set(Count.APPLIED, applied.appliedCount());
            set(Count.REVISED, applied.revisedCount());
            set(Count.UNCHANGED, applied.unchangedCount());
            set(Count.LATE, applied.lateCount());
            set(Count.IGNORED, applied.ignoredCount());
            set(Count.WITHDRAWN, applied.withdrawnCount());
            set(Count.STORE_BYTES, resources.store().bytes());
            set(Count.STORE_STALLS, resources.store().stallCount());
            final OperationLog log = writer.log();
            set(Count.LOG_STALLS, log.stalls());
            set(Count.LOG_FAILED, log.isFailed() ? 1 : 0);
            set(Count.CONTENDED_READS, sources.contendedReads().getAsLong());
            set(Count.BACK_PRESSURED, sources.backPressured().getAsLong());
            set(Count.CHECKPOINTS, sources.copies().madeCount());
            set(Count.CHECKPOINTS_FAILED, sources.copies().failedCount());
            set(Count.LOG_SEGMENTS_DELETED, sources.copies().deletedSegmentCount());
            for (int i = 0; i < refused.length; i++) {
                refused[i].setRelease(writer.refusals().count(REASONS[i]));
            }
        }
    }

    private void set(final Count count, final long value) {
        counters[count.ordinal()].setRelease(value);
    }

    /** Takes an error down, as long as there is memory for it. */
    public void onError(final Throwable error) {
        if (!isClosed) {
            errors.record(error);
        }
    }

    /** Once no agent of the engine is worked any more: one of them may be closed again all the same. */
    @Override
    public void close() {
        isClosed = true;
        area.close();
    }
}
