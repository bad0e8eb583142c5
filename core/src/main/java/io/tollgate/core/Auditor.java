package io.tollgate.core;

import io.tollgate.api.Audit;
import io.tollgate.api.Lateness;
import io.tollgate.api.Refusal;
import io.tollgate.api.SeriesPattern;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Uninterrupted;
import io.tollgate.core.log.LogBegin;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.RefusalOperation;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.collections.MutableLong;

/** Tells what was refused, and by how much points came late. Control threads. */
final class Auditor implements Audit {
    private final List<ShardWorker> workers;
    private final FileAccess files;
    private final int maxLatenessPatternCount;
    private final BiConsumer<String, Function<ShardWorker, EngineCommand<?>>> caller;

    /** Whether the logs were read, and none has recorded a loss; none is while the engine runs. */
    private volatile boolean isWithoutLoss;

    /**
     * @param caller gives every shard a command, and waits for all of them.
     */
    Auditor(
            final List<ShardWorker> workers,
            final EngineContext context,
            final BiConsumer<String, Function<ShardWorker, EngineCommand<?>>> caller) {
        this.workers = workers;
        files = context.fileAccess();
        maxLatenessPatternCount = context.limits().maxLatenessPatternCount();
        this.caller = caller;
    }

    @Override
    public List<Refusal> lastRefusals() {
        final List<List<Refusal>> found = new ArrayList<>();
        caller.accept("lastRefusals", worker -> {
            final List<Refusal> ofShard = new ArrayList<>();
            found.add(ofShard);
            return command(() -> worker.admission().audit().addTo(ofShard));
        });
        final List<Refusal> all = new ArrayList<>();
        found.forEach(all::addAll);
        return all;
    }

    @Override
    public long readRefusals(final Consumer<Refusal> consumer) {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("thread=" + Thread.currentThread().getName()
                    + " is interrupted, which closes files that it reads, expected one that is not; nothing was read");
        }
        final long[] lastSequences = new long[workers.size()];
        caller.accept(
                "readRefusals",
                worker -> command(() -> lastSequences[workers.indexOf(worker)] = worker.appliedSequence()));
        final AtomicLong count = new AtomicLong();
        for (int i = 0; i < lastSequences.length; i++) {
            readRefusals(i, lastSequences[i], refusal -> {
                count.incrementAndGet();
                consumer.accept(refusal);
            });
        }
        return count.get();
    }

    private void readRefusals(final int shard, final long lastSequence, final Consumer<Refusal> consumer) {
        final RefusalOperation operation = new RefusalOperation();
        read(log(workers.get(shard)), lastSequence, (buffer, offset, length, sequence) -> {
            if (OperationDescriptor.type(buffer, offset) == OperationDescriptor.REFUSAL) {
                consumer.accept(RefusalAudit.refusal(operation, buffer, offset, shard, sequence));
            }
        });
    }

    /** Old segments may go while they are read: then it goes on with what the log still has. */
    private void read(final Path log, final long lastSequence, final OperationHandler handler) {
        final MutableLong next = new MutableLong();
        final OperationHandler counting = (buffer, offset, length, sequence) -> {
            next.set(LossOperation.lastSequence(buffer, offset, sequence) + 1);
            handler.onOperation(buffer, offset, length, sequence);
        };
        boolean isRead = false;
        while (!isRead) {
            final long begin = LogBegin.of(files, log).firstSequence();
            next.set(Math.max(next.get(), begin));
            isRead = next.get() > lastSequence || readTo(log, begin, next.get(), lastSequence, counting);
        }
    }

    /** Reads a stretch of a log; false if its beginning has moved meanwhile. */
    private boolean readTo(
            final Path log,
            final long begin,
            final long fromSequence,
            final long toSequence,
            final OperationHandler handler) {
        try {
            final ReplayResult end = LogReader.replay(files, log, fromSequence, toSequence, handler);
            if (end.lastSequence() >= toSequence) {
                return true;
            }
            if (!hasMoved(log, begin)) {
                throw new IllegalStateException("log=" + log + " lastSequence=" + end.lastSequence() + " damages="
                        + end.damages() + ", expected " + toSequence + " and none; close the engine and run recover");
            }
        } catch (final UncheckedIOException e) {
            final boolean isGone = e.getCause() instanceof NoSuchFileException gone
                    && Path.of(gone.getFile()).startsWith(log);
            if (!isGone || !hasMoved(log, begin)) {
                throw e;
            }
        }
        return false;
    }

    private boolean hasMoved(final Path log, final long begin) {
        return LogBegin.of(files, log).firstSequence() > begin;
    }

    private static Path log(final ShardWorker worker) {
        return worker.shard()
                .logDirectory()
                .orElseThrow(() -> new IllegalStateException(
                        "directory=none, expected one: an engine in memory keeps no log; see lastRefusals"));
    }

    @Override
    public boolean hasAllRefusals() {
        return Uninterrupted.call(() -> {
            final boolean isBeginWhole = workers.stream()
                    .map(worker -> LogBegin.of(files, log(worker)))
                    .allMatch(begin -> begin.firstSequence() == 1 && !begin.isRepaired() && !begin.isDamaged());
            return isBeginWhole && (isWithoutLoss || hasNoLoss());
        });
    }

    /** Where the file is gone that says of a log that it was repaired, its records still tell of a loss. */
    private boolean hasNoLoss() {
        final RecordedLosses losses = new RecordedLosses();
        workers.forEach(worker -> read(log(worker), worker.publishedSequence(), losses));
        isWithoutLoss = losses.ranges().isEmpty();
        return isWithoutLoss;
    }

    @Override
    public void trackLateness(final String pattern) {
        final int maxCount = maxLatenessPatternCount;
        SeriesPattern.validate(pattern);
        final JointPreparation joint = new JointPreparation(workers.size());
        caller.accept(
                "trackLateness",
                worker -> new EngineCommand<>(joint.start(), joint.with(() -> true), () -> {
                    final LatenessTracker tracker = worker.lateness();
                    if (!tracker.isTracked(pattern) && tracker.patternCount() > maxCount) {
                        throw new IllegalStateException("pattern=" + pattern + " latenessPatternCount="
                                + (tracker.patternCount() - 1) + ", expected room for one more within "
                                + "maxLatenessPatternCount=" + maxCount + "; raise the limit");
                    }
                    tracker.track(pattern);
                    return pattern;
                }));
    }

    @Override
    public Lateness lateness(final String pattern) {
        final LatenessTracker.Sum sum = new LatenessTracker.Sum();
        caller.accept(
                "lateness",
                worker -> command(() -> {
                    final LatenessTracker tracker = worker.lateness();
                    if (!tracker.isTracked(pattern)) {
                        throw new IllegalArgumentException(
                                "pattern=" + pattern + ", expected one that is tracked: see trackLateness");
                    }
                    synchronized (sum) {
                        tracker.addTo(pattern, sum);
                    }
                }));
        return sum;
    }

    private static EngineCommand<Boolean> command(final Runnable action) {
        return new EngineCommand<>(() -> true, () -> {
            action.run();
            return true;
        });
    }
}
