package io.tollgate.core.writer;

import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.admit.PointRefusals;
import io.tollgate.core.apply.AppliedCounts;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.manifest.CountersFile;
import io.tollgate.core.manifest.LogDurability;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.store.memory.MappedArea;
import io.tollgate.core.watch.OpenQueues;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/**
 * The counters and distinct errors of an engine, in a file of the data directory. Other processes can read it while the
 * engine runs and after it has ended. The format is that of Agrona's counters and error log; {@link CountersFile}
 * describes the layout.
 *
 * <p>{@link #update()} copies the counts of the engine. Only the thread that calls it writes the values. Any thread may
 * record errors.
 */
public final class EngineCounters implements AutoCloseable {
    private static final RefusalReason[] REASONS = RefusalReason.values();

    private final MappedArea area;
    private final DistinctErrorLog errors;
    private final Sources sources;
    private final AtomicCounter[] counters = new AtomicCounter[Count.values().length];
    private final QueueCounters queues;
    private final AtomicCounter[] refused = new AtomicCounter[REASONS.length];
    private boolean isStopped;
    private boolean isClosed;

    /** The counted quantities, in the order of the counters. */
    private enum Count {
        NOW,
        SERIES,
        APPLIED_SEQUENCE,
        DURABLE_SEQUENCE,
        OFFERED,
        APPLIED,
        REVISED,
        UNCHANGED,
        LATE,
        IGNORED,
        WITHDRAWN,
        RING_USED,
        RING_CAPACITY,
        STORE_MAPS,
        STORE_BYTES,
        STORE_STALLS,
        LOG_BYTES,
        LOG_STALLS,
        LOG_FAILED,
        CONTENDED_READS,
        BACK_PRESSURED,
        CHECKPOINTS,
        CHECKPOINTS_FAILED,
        LOG_SEGMENTS_DELETED,
        CHECKPOINT_SEQUENCE,
        CHECKPOINT_NS,
        OPENED_AT,
        OPENING_NS,
        OPENING_OPERATIONS
    }

    /** The sources of all counts. */
    public record Sources(
            WriterSources writer,
            CopyCounts copies,
            ManyToOneRingBuffer ring,
            LongSupplier contendedReads,
            LongSupplier backPressured) {}

    /** The counts of checkpoints. */
    public interface CopyCounts {
        /** Returns the number of checkpoints made since the engine was opened; any thread. */
        long madeCount();

        /** Returns the number of failed checkpoints since the engine was opened; any thread. */
        long failedCount();

        /** Returns the number of log segments deleted since the engine was opened; any thread. */
        long deletedSegmentCount();

        /** Returns the last operation in the newest checkpoint, 0 without one; any thread. */
        long checkpointedSequence();

        /** Returns the duration of the last checkpoint, successful or failed, 0 without one; any thread. */
        long lastDurationNs();
    }

    /** The counts of the writer. */
    record WriterSources(
            EngineResources resources,
            OperationLog log,
            PointRefusals refusals,
            OperationJournal journal,
            LogDurability durability,
            OpenQueues queues) {}

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
        queues = new QueueCounters(manager, sources.writer().queues());
        errors = new DistinctErrorLog(CountersFile.errors(buffer), SystemEpochClock.INSTANCE);
    }

    /** Labels have no spaces. */
    private static String label(final String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Creates the file for an engine that is being opened, without values of an earlier engine. */
    public static EngineCounters create(final FileAccess files, final Path dataDirectory, final Sources sources) {
        final MappedArea area =
                MappedArea.replaced(files, dataDirectory.resolve(CountersFile.FILE_NAME), CountersFile.LENGTH);
        final EngineCounters counters = new EngineCounters(area, sources);
        counters.countOpening();
        counters.updatePositions();
        CountersFile.publish(area.buffer());
        return counters;
    }

    private void countOpening() {
        set(Count.OPENED_AT, SystemEpochNanoClock.INSTANCE.nanoTime());
        set(Count.RING_CAPACITY, sources.ring().capacity());
        final EngineResources resources = sources.writer().resources();
        resources.opening().ifPresent(opening -> {
            set(Count.OPENING_NS, opening.durationNs());
            set(Count.OPENING_OPERATIONS, opening.readCount());
        });
    }

    /** Copies the positions that other processes depend on. Called in every duty cycle, until it is stopped. */
    void updatePositions() {
        if (!isStopped) {
            final WriterSources writer = sources.writer();
            final EngineResources resources = writer.resources();
            set(Count.NOW, resources.clock().publishedNow());
            set(Count.SERIES, resources.store().seriesCount());
            set(Count.APPLIED_SEQUENCE, writer.journal().appliedSequence());
            set(Count.DURABLE_SEQUENCE, writer.durability().durableSequence());
        }
    }

    /** Copies all counts, until it is stopped. */
    public void update() {
        updatePositions();
        if (!isStopped) {
            final WriterSources writer = sources.writer();
            final EngineResources resources = writer.resources();
            final AppliedCounts applied = resources.applier().counts();
            set(Count.APPLIED, applied.appliedCount());
            set(Count.REVISED, applied.revisedCount());
            set(Count.UNCHANGED, applied.unchangedCount());
            set(Count.LATE, applied.lateCount());
            set(Count.IGNORED, applied.ignoredCount());
            set(Count.WITHDRAWN, applied.withdrawnCount());
            set(Count.STORE_MAPS, resources.store().mapCount());
            set(Count.STORE_BYTES, resources.store().bytes());
            set(Count.STORE_STALLS, resources.store().stallCount());
            final OperationLog log = writer.log();
            set(Count.LOG_BYTES, log.begunBytes());
            set(Count.LOG_STALLS, log.stalls());
            set(Count.LOG_FAILED, log.isFailed() ? 1 : 0);
            set(Count.CONTENDED_READS, sources.contendedReads().getAsLong());
            set(Count.BACK_PRESSURED, sources.backPressured().getAsLong());
            set(Count.CHECKPOINTS, sources.copies().madeCount());
            set(Count.CHECKPOINTS_FAILED, sources.copies().failedCount());
            set(Count.LOG_SEGMENTS_DELETED, sources.copies().deletedSegmentCount());
            set(Count.CHECKPOINT_SEQUENCE, sources.copies().checkpointedSequence());
            set(Count.CHECKPOINT_NS, sources.copies().lastDurationNs());
            long taken = applied.appliedCount();
            for (int i = 0; i < refused.length; i++) {
                final long count = writer.refusals().count(REASONS[i]);
                refused[i].setRelease(count);
                taken += count;
            }
            countOffered(taken);
            queues.update();
        }
    }

    /**
     * Counts the points taken from the ring, and those in it. A batch in the ring counts as one. The count never
     * decreases, although both parts are read while the engine runs.
     */
    private void countOffered(final long taken) {
        final long ringUsed = sources.ring().size();
        set(Count.RING_USED, ringUsed);
        final long waiting = ringUsed / RingPublisher.RECORD_LENGTH;
        set(Count.OFFERED, Math.max(counters[Count.OFFERED.ordinal()].get(), taken + waiting));
    }

    private void set(final Count count, final long value) {
        counters[count.ordinal()].setRelease(value);
    }

    /** Records an error, until the memory is freed. */
    public void onError(final Throwable error) {
        if (!isClosed) {
            errors.record(error);
        }
    }

    /** Ends the updates, because the store and the log are freed next. An agent may still be closed again. */
    void stop() {
        isStopped = true;
    }

    /** Counts all applied operations as durable. A clean close forces the log after the last update. */
    void closedCleanly() {
        if (!isClosed) {
            set(Count.DURABLE_SEQUENCE, counters[Count.APPLIED_SEQUENCE.ordinal()].get());
        }
    }

    /** Frees the memory. No agent of the engine may run after this. */
    @Override
    public void close() {
        stop();
        isClosed = true;
        area.close();
    }
}
