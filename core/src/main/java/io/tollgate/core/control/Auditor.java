package io.tollgate.core.control;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.LimitExceededException;
import io.tollgate.api.admin.Audit;
import io.tollgate.api.admin.Lateness;
import io.tollgate.api.admin.Refusal;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.core.admit.RefusalAudit;
import io.tollgate.core.apply.LatenessTracker;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.log.LogFiles;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.open.DirectoryOpening;
import io.tollgate.core.open.LogContents;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.RefusalOperation;
import io.tollgate.core.writer.EngineWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.agrona.collections.MutableLong;

/** Reports refused points, and the lateness of points. Control threads. */
public final class Auditor implements Audit {
    private final EngineWriter writer;
    private final FileAccess files;
    private final int maxLatenessPatternCount;
    private final CommandInvoker calls;

    /** True if the log was read and contains no loss; a running engine records none. */
    private volatile boolean isWithoutLoss;

    public Auditor(final EngineWriter writer, final EngineOptions context, final CommandInvoker calls) {
        this.writer = writer;
        files = context.fileAccess();
        maxLatenessPatternCount = context.limits().maxLatenessPatternCount();
        this.calls = calls;
    }

    @Override
    public List<Refusal> lastRefusals() {
        return calls.call("lastRefusals", () -> writer.refusals().last());
    }

    @Override
    public long readRefusals(final Consumer<Refusal> consumer) {
        Objects.requireNonNull(consumer, "consumer=null, expected a consumer of refusals");
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("thread=" + Thread.currentThread().getName()
                    + " is interrupted, and an interrupt closes the files being read; call it from another thread");
        }
        final long lastSequence = calls.call("readRefusals", writer::appliedSequence);
        final MutableLong count = new MutableLong();
        final RefusalOperation operation = new RefusalOperation();
        read(log(), lastSequence, (buffer, offset, length, sequence) -> {
            if (OperationDescriptor.type(buffer, offset) == OperationDescriptor.REFUSAL) {
                count.increment();
                consumer.accept(RefusalAudit.refusal(operation.wrap(buffer, offset), RefusalAudit.NO_TICKET, sequence));
            }
        });
        return count.get();
    }

    /** Reads the log. If old segments are deleted meanwhile, it continues with the remaining ones. */
    private void read(final LogFiles log, final long lastSequence, final OperationHandler handler) {
        final MutableLong next = new MutableLong();
        final OperationHandler counting = (buffer, offset, length, sequence) -> {
            next.set(LossOperation.lastSequence(buffer, offset, sequence) + 1);
            handler.onOperation(buffer, offset, length, sequence);
        };
        boolean isRead = false;
        while (!isRead) {
            final long begin = firstSequence();
            next.set(Math.max(next.get(), begin));
            isRead = next.get() > lastSequence || readTo(log, begin, next.get(), lastSequence, counting);
        }
    }

    /** Reads a range of the log. Returns false if its beginning was deleted meanwhile. */
    private boolean readTo(
            final LogFiles log,
            final long begin,
            final long fromSequence,
            final long toSequence,
            final OperationHandler handler) {
        try {
            final ReplayResult end = LogReader.replay(log, fromSequence, toSequence, handler);
            if (end.lastSequence() >= toSequence) {
                return true;
            }
            if (firstSequence() == begin) {
                throw new DirectoryDamagedException(
                        "log=" + log.directory() + " lastSequence=" + end.lastSequence()
                                + " damages=" + end.damages() + ", expected " + toSequence
                                + " and none; close the engine and run recover",
                        log.directory());
            }
        } catch (final UncheckedIOException e) {
            final boolean isGone = e.getCause() instanceof NoSuchFileException gone
                    && Path.of(gone.getFile()).startsWith(log.directory());
            if (!isGone || firstSequence() == begin) {
                throw e;
            }
        }
        return false;
    }

    private DirectoryOpening.Opened opened() {
        return writer.resources()
                .opened()
                .orElseThrow(() ->
                        new IllegalStateException("directory=none: an engine in memory has no log; see lastRefusals"));
    }

    private LogFiles log() {
        final DirectoryOpening.Opened opened = opened();
        return new LogFiles(files, opened.directory().log(), opened.current().identity());
    }

    private long firstSequence() {
        return opened().current().firstSequence();
    }

    @Override
    public boolean hasAllRefusals() {
        return Uninterruptibles.call(() -> firstSequence() == 1 && (isWithoutLoss || hasNoLoss()));
    }

    private boolean hasNoLoss() {
        final LogContents contents = new LogContents();
        read(log(), writer.publishedSequence(), contents);
        isWithoutLoss = contents.recorded().isEmpty();
        return isWithoutLoss;
    }

    @Override
    public void trackLateness(final String pattern) {
        Objects.requireNonNull(pattern, "pattern=null, expected a pattern of keys");
        final int maxCount = maxLatenessPatternCount;
        SeriesPattern.validate(pattern);
        calls.run("trackLateness", () -> {
            final LatenessTracker tracker = writer.lateness();
            if (!tracker.isTracked(pattern) && tracker.patternCount() > maxCount) {
                throw new LimitExceededException(
                        "pattern=" + pattern + " latenessPatternCount=" + (tracker.patternCount() - 1)
                                + ", expected room for one more within maxLatenessPatternCount=" + maxCount
                                + "; raise the limit",
                        "maxLatenessPatternCount",
                        maxCount);
            }
            tracker.track(pattern);
        });
    }

    @Override
    public Lateness lateness(final String pattern) {
        Objects.requireNonNull(pattern, "pattern=null, expected a pattern of keys");
        return calls.call("lateness", () -> {
            final LatenessTracker tracker = writer.lateness();
            if (!tracker.isTracked(pattern)) {
                throw new IllegalArgumentException(
                        "pattern=" + pattern + ", expected a tracked pattern: call trackLateness first");
            }
            return tracker.lateness(pattern);
        });
    }
}
