package io.tollgate.core.apply;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.UnsupportedVersionException;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.UpdateCause;
import io.tollgate.core.group.GroupStates;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.KnowledgeOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.RetentionOperation;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.operation.WindowDefinitionOperation;
import io.tollgate.core.operation.WindowRegistrationOperation;
import io.tollgate.core.read.LevelSource;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesMark;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.registration.Registered;
import io.tollgate.core.store.registration.WindowCodes;
import io.tollgate.core.store.tree.PointChange;
import io.tollgate.core.store.tree.PointTree;
import io.tollgate.core.watch.EngineUpdates;
import io.tollgate.core.window.WindowStates;
import java.util.List;
import java.util.Optional;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.LongArrayList;

/**
 * Applies logged operations to the store. The same operations in the same order give the same store, live or in a
 * replay. Engine thread only, except the counts.
 */
public final class OperationApplier {
    private final SeriesStore store;
    private final EngineClock clock;
    private final EngineUpdates updates;
    private final PointTree tree;
    private final WindowStates windows;
    private final PointPrefetch prefetch;
    private final LossTolerance tolerance;
    private final GroupStates groups;
    private final LatenessTracker lateness;
    private final SeriesRecord series = new SeriesRecord();
    private final PointOperation point = new PointOperation();
    private final SeriesDefinitionOperation seriesDefinition = new SeriesDefinitionOperation();
    private final WindowDefinitionOperation windowDefinition = new WindowDefinitionOperation();
    private final WindowRegistrationOperation registration = new WindowRegistrationOperation();
    private final ClockOperation clockOperation = new ClockOperation();
    private final WatchApplier watches;
    private final RetentionOperation retention = new RetentionOperation();
    private final KnowledgeOperation knowledge = new KnowledgeOperation();
    private final LifeApplier lives;
    /** Addresses of the records marked by the current batch. */
    private final LongArrayList marked = new LongArrayList();

    private final AppliedCounts counts = new AppliedCounts();
    private long changeCount;
    private boolean isBatch;
    private int modeCode = ClockOperation.SAME_MODE;
    private boolean isLossy;

    OperationApplier(final SeriesStore store, final EngineClock clock, final EngineUpdates updates) {
        this.store = store;
        this.clock = clock;
        this.updates = updates;
        groups = new GroupStates(new LevelSource(store));
        tree = new PointTree(store.blocks());
        windows = new WindowStates(store.blocks());
        prefetch = new PointPrefetch(store);
        tolerance = new LossTolerance(store);
        lives = new LifeApplier(store, clock, groups, updates);
        watches = new WatchApplier(updates);
        lateness = new LatenessTracker(store::keyOf);
    }

    /** Prefetches the memory of the next operations, as far as they are points, if the store has many series. */
    public void prefetch(final MutableDirectBuffer buffer, final int firstOffset, final int count) {
        if (store.seriesCount() < PointPrefetch.MIN_SERIES) {
            return;
        }
        int offset = firstOffset;
        for (int i = 0; i < count; i++) {
            if (OperationDescriptor.isPoint(OperationDescriptor.type(buffer, offset))) {
                point.wrap(buffer, offset);
                prefetch.add(point.seriesNumber(), point.validTime());
            }
            offset += OperationDescriptor.length(buffer, offset);
        }
        prefetch.load();
    }

    /**
     * Marks the series of all points in a range of operations. Until the batch ends, reads of these series are invalid
     * and are retried.
     */
    public void mark(final MutableDirectBuffer buffer, final int firstOffset, final int endOffset) {
        for (int at = firstOffset; at < endOffset; at += OperationDescriptor.length(buffer, at)) {
            if (OperationDescriptor.isPoint(OperationDescriptor.type(buffer, at))) {
                final long number = point.wrap(buffer, at).seriesNumber();
                final long address = store.recordAddress(number);
                if (address != 0 && SeriesMark.set(address)) {
                    marked.addLong(address);
                    groups.mark(number);
                }
            }
        }
    }

    private void beginBatch() {
        isBatch = true;
        updates.beginBatch();
    }

    /** Makes the changes of the batch readable, and only then emits the updates. */
    private void endBatch(final long sequence) {
        isBatch = false;
        for (int i = 0; i < marked.size(); i++) {
            SeriesMark.clear(marked.getLong(i));
        }
        marked.clear();
        groups.release();
        clock.publish();
        updates.endBatch(sequence);
    }

    /** Applies one operation. */
    public void apply(final MutableDirectBuffer buffer, final int offset, final long sequence) {
        final int type = OperationDescriptor.type(buffer, offset);
        if (type != OperationDescriptor.POINT || !append(point.wrap(buffer, offset), sequence)) {
            apply(type, buffer, offset, sequence);
        }
    }

    private void apply(final int type, final MutableDirectBuffer buffer, final int offset, final long sequence) {
        switch (type) {
            case OperationDescriptor.POINT, OperationDescriptor.UNKNOWN ->
                applyPoint(point.wrap(buffer, offset), sequence);
            case OperationDescriptor.WITHDRAW -> applyWithdrawal(point.wrap(buffer, offset), sequence);
            case OperationDescriptor.DEFINE_SERIES -> applySeries(seriesDefinition.wrap(buffer, offset), sequence);
            case OperationDescriptor.DEFINE_WINDOW -> applyWindow(windowDefinition.wrap(buffer, offset), sequence);
            case OperationDescriptor.REGISTER_WINDOWS -> {
                registration.wrap(buffer, offset);
                store.registrations().add(registration.pattern(), Registered.of(registration));
            }
            case OperationDescriptor.CLOCK -> applyClock(clockOperation.wrap(buffer, offset), sequence);
            case OperationDescriptor.LOSS -> tolerateLoss(true);
            case OperationDescriptor.RETENTION -> applyRetention(retention.wrap(buffer, offset), sequence);
            case OperationDescriptor.END_SERIES, OperationDescriptor.FOLLOW_SERIES ->
                applyLife(lives.wrap(buffer, offset).seriesNumber(), sequence);
            case OperationDescriptor.KNOWLEDGE -> applyKnowledge(knowledge.wrap(buffer, offset), sequence);
            case OperationDescriptor.WATCH -> countOrphan(watches.applyWatch(buffer, offset, sequence, isLossy));
            case OperationDescriptor.PANEL -> countOrphan(watches.applyPanel(buffer, offset, sequence, isLossy));
            case OperationDescriptor.BATCH_BEGIN -> beginBatch();
            case OperationDescriptor.BATCH_COMMIT -> endBatch(sequence);
            case OperationDescriptor.REFUSAL -> {} // A point that was not let in: there is nothing to apply.
            default ->
                throw new UnsupportedVersionException(
                        "operationType=" + OperationDescriptor.name(type) + " sequence=" + sequence
                                + ", expected a type that this version applies; open with the version that wrote it",
                        Optional.empty(),
                        type,
                        OperationDescriptor.LAST_TYPE);
        }
    }

    private void applyClock(final ClockOperation operation, final long sequence) {
        final long now = operation.now();
        clock.advanceTo(now);
        if (operation.modeCode() != ClockOperation.SAME_MODE) {
            followMode(operation.modeCode());
        }
        groups.advanceTo(now);
        clock.publish(now);
        updates.advanceTo(now, sequence);
    }

    /** Sets whether later operations may depend on lost ones. Such operations are skipped and counted. */
    public void tolerateLoss(final boolean isTolerated) {
        isLossy = isTolerated;
    }

    /** Continues with the clock mode with which a store was closed. */
    void followMode(final int code) {
        if (code != ClockOperation.SAME_MODE) {
            clock.mode(ClockMode.of(code));
        }
        modeCode = code;
    }

    /** {@return the code of the logged mode, {@link ClockOperation#SAME_MODE} if none is logged} */
    public int modeCode() {
        return modeCode;
    }

    /** Returns true if the series of an operation is lost; the operation is then counted as orphaned. */
    private boolean isLeftOut(final long seriesNumber) {
        final boolean isLeftOut = isLossy && tolerance.isUnknown(seriesNumber);
        if (isLeftOut) {
            counts.orphaned();
        }
        return isLeftOut;
    }

    private boolean isLeftOut(final PointOperation operation, final long sequence) {
        if (!isLossy) {
            return false;
        }
        if (isLeftOut(operation.seriesNumber())) {
            return true;
        }
        wrapSeries(operation.seriesNumber(), sequence);
        final boolean isOrphaned = tolerance.isOrphaned(series, operation);
        if (isOrphaned) {
            counts.orphaned();
        }
        return isOrphaned;
    }

    private void applyPoint(final PointOperation operation, final long sequence) {
        if (isLeftOut(operation, sequence)) {
            return;
        }
        begin(operation, sequence);
        final long time = operation.validTime();
        final long lastTime = series.lastTime();
        final boolean isLate = time < lastTime;
        final PointChange change =
                tree.put(series, time, operation.value(), operation.knowledgeTime(), operation.reference(), sequence);
        windows.apply(series, change, clock.now());
        end(time, sequence);
        changeCount += change.isWithoutEffect() ? 0 : 1;
        if (!change.isUnchanged()) {
            publishUpdate(change.isRevision() ? UpdateCause.REVISION : UpdateCause.POINT, operation, sequence);
        }
        if (change.isIgnored()) {
            counts.ignored();
        } else if (change.isUnchanged()) {
            counts.unchanged();
        } else if (change.isRevision()) {
            counts.revised();
        } else if (isLate) {
            counts.late();
            lateness.record(series.seriesNumber(), lastTime - time);
        }
    }

    /**
     * Appends a point in place. This is the usual case, and it takes the shortest way. Returns false if {@link
     * #applyPoint} must apply the point; nothing but the clock has changed then.
     */
    private boolean append(final PointOperation operation, final long sequence) {
        if (isLossy) {
            return false;
        }
        clock.observe(operation.validTime(), operation.knowledgeTime(), operation.isStamped());
        wrapSeries(operation.seriesNumber(), sequence);
        final long time = operation.validTime();
        if (hasNewRegistrations()
                || !windows.canAppend(series, time, clock.now())
                || !tree.canAppend(series, time, windows.lastBlockCount(series))) {
            return false;
        }
        series.beginChange(sequence);
        series.lastKnowledgeTime(operation.knowledgeTime());
        final int index =
                tree.append(series, time, operation.value(), operation.knowledgeTime(), operation.reference());
        windows.append(series, index, time, operation.value());
        end(time, sequence);
        changeCount++;
        publishUpdate(UpdateCause.POINT, operation, sequence);
        return true;
    }

    private void applyWithdrawal(final PointOperation operation, final long sequence) {
        if (isLeftOut(operation, sequence)) {
            return;
        }
        begin(operation, sequence);
        final PointChange change =
                tree.remove(series, operation.validTime(), operation.knowledgeTime(), operation.reference(), sequence);
        windows.apply(series, change, clock.now());
        end(operation.validTime(), sequence);
        changeCount++;
        publishUpdate(UpdateCause.WITHDRAWAL, operation, sequence);
        counts.withdrawn();
    }

    /** Emits an update to the subscribers of the series. The change must be readable by all threads first. */
    private void publishUpdate(final UpdateCause cause, final PointOperation operation, final long sequence) {
        if (updates.isWatched(operation.seriesNumber())) {
            if (!isBatch) {
                clock.publish(updates.now());
            }
            updates.applied(
                    cause,
                    operation.seriesNumber(),
                    operation.validTime(),
                    operation.knowledgeTime(),
                    operation.reference(),
                    sequence);
        }
    }

    private void countOrphan(final boolean isApplied) {
        if (!isApplied) {
            counts.orphaned();
        }
    }

    private void applyRetention(final RetentionOperation operation, final long sequence) {
        if (!isLeftOut(operation.seriesNumber())) {
            wrapSeries(operation.seriesNumber(), sequence);
            series.beginChange(sequence);
            tree.forget(series, operation.horizon());
            series.endChange(sequence);
        }
    }

    private void applyKnowledge(final KnowledgeOperation operation, final long sequence) {
        if (!isLeftOut(operation.seriesNumber())) {
            wrapSeries(operation.seriesNumber(), sequence);
            clock.observe(Instants.MIN, operation.knowledgeTime(), false);
            series.beginChange(sequence);
            series.lastKnowledgeTime(Math.max(series.lastKnowledgeTime(), operation.knowledgeTime()));
            series.endChange(sequence);
            clock.publish();
        }
    }

    private void applyLife(final long seriesNumber, final long sequence) {
        if (!isLeftOut(seriesNumber)) {
            countOrphan(lives.apply(sequence, isLossy));
        }
    }

    private void begin(final PointOperation operation, final long sequence) {
        clock.observe(operation.validTime(), operation.knowledgeTime(), operation.isStamped());
        wrapSeries(operation.seriesNumber(), sequence);
        series.beginChange(sequence);
        applyRegistrations();
        series.lastKnowledgeTime(operation.knowledgeTime());
    }

    private void end(final long validTimeNs, final long sequence) {
        groups.change(series.seriesNumber(), validTimeNs, clock.now());
        if (!isBatch) {
            series.endChange(sequence);
            groups.release();
        }
        counts.applied();
    }

    private void wrapSeries(final long number, final long sequence) {
        final long address = store.recordAddress(number);
        if (address == 0) {
            throw new DirectoryDamagedException("seriesNumber=" + number + " sequence=" + sequence
                    + ", expected a series defined before; the log is damaged, restore it from a backup");
        }
        series.wrap(address);
    }

    /** Adds windows registered by pattern since the last point, once. Registration itself therefore stays fast. */
    private void applyRegistrations() {
        if (hasNewRegistrations() && store.applyRegistrations(series)) {
            tree.keepShapes(series);
        }
    }

    private boolean hasNewRegistrations() {
        final long count = store.registrations().count();
        return count != 0 && series.registrationCount() != count;
    }

    private void applySeries(final SeriesDefinitionOperation operation, final long sequence) {
        if (isLossy && tolerance.replacesDefinition(operation, sequence)) {
            counts.orphaned();
            return;
        }
        final long number = store.seriesCount();
        if (operation.seriesNumber() != number) {
            throw new DirectoryDamagedException("seriesNumber=" + operation.seriesNumber() + " key=" + operation.key()
                    + ", expected " + number + ", the next one; the log is damaged, restore it from a backup");
        }
        store.addSeries(
                        operation.key(),
                        (byte) operation.kind(),
                        operation.scale(),
                        new Unit(operation.unitName()).name(),
                        operation.lifeStart())
                .policies(
                        (byte) operation.duplicatePolicy(),
                        (byte) operation.openEnd(),
                        operation.heartbeatNs(),
                        operation.periodCode());
        series.wrap(store.recordAddress(number));
        applyRegistrations();
        store.nameSeries();
        groups.defined(series.seriesNumber(), operation.key(), clock.now());
        updates.seriesDefined(series.seriesNumber(), operation.key());
    }

    private void applyWindow(final WindowDefinitionOperation operation, final long sequence) {
        if (isLeftOut(operation.seriesNumber())) {
            return;
        }
        wrapSeries(operation.seriesNumber(), sequence);
        series.beginChange(sequence);
        if (operation.isOfWindow()) {
            store.addWindows(series, List.of(WindowCodes.window(operation.buffer(), operation.windowOffset())));
        } else {
            tree.keepShapes(series);
        }
        series.endChange(sequence);
    }

    /** {@return the number of points and withdrawals that changed their series; engine thread} */
    public long changeCount() {
        return changeCount;
    }

    /** {@return the incrementally maintained groups} */
    public GroupStates groups() {
        return groups;
    }

    /** Starts the measurement of lateness. The points of a replay came before. */
    public void trackLateness() {
        lateness.begin();
    }

    /** {@return the lateness of points} */
    public LatenessTracker lateness() {
        return lateness;
    }

    /** {@return the counts of applied operations; any thread} */
    public AppliedCounts counts() {
        return counts;
    }
}
