package io.tollgate.core.apply;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.Instants;
import io.tollgate.api.watch.UpdateCause;
import io.tollgate.core.group.GroupStates;
import io.tollgate.core.operation.LifeEndOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.SeriesClosing;
import io.tollgate.core.watch.EngineUpdates;
import org.agrona.MutableDirectBuffer;

/** Applies the end of the life of a series, and its link to a successor. Engine thread only. */
final class LifeApplier {
    private final SeriesStore store;
    private final EngineClock clock;
    private final GroupStates groups;
    private final EngineUpdates updates;
    private final SeriesClosing closing;
    private final SeriesRecord series = new SeriesRecord();
    private final LifeEndOperation operation = new LifeEndOperation();

    LifeApplier(
            final SeriesStore store, final EngineClock clock, final GroupStates groups, final EngineUpdates updates) {
        this.store = store;
        this.clock = clock;
        this.groups = groups;
        this.updates = updates;
        closing = new SeriesClosing(store.blocks());
    }

    /** Wraps an operation. */
    LifeEndOperation wrap(final MutableDirectBuffer buffer, final int offset) {
        return operation.wrap(buffer, offset);
    }

    /**
     * Applies the operation.
     *
     * @param sequence of the operation.
     * @param isLossy  true if earlier operations are lost, and this one may depend on them.
     * @return false if it depends on a lost operation.
     */
    boolean apply(final long sequence, final boolean isLossy) {
        final long address = store.recordAddress(operation.seriesNumber());
        if (address == 0 || !isPossible(series.wrap(address))) {
            if (isLossy) {
                return false;
            }
            throw new DirectoryDamagedException("seriesNumber=" + operation.seriesNumber() + " lifeEnd="
                    + operation.lifeEnd() + " sequence=" + sequence
                    + ", expected a series without points there that is not closed otherwise; the log is damaged,"
                    + " restore it from a backup");
        }
        if (operation.isEnd()) {
            end(sequence);
        } else {
            series.beginChange(sequence);
            closing.predecessor(series, operation.linkedNumber());
            series.endChange(sequence);
        }
        return true;
    }

    private boolean isPossible(final SeriesRecord ending) {
        final long linked = operation.linkedNumber();
        if (!operation.isEnd()) {
            return linked >= 0;
        }
        final long lifeEnd = operation.lifeEnd();
        return (linked >= 0 || linked == OperationDescriptor.MISSING)
                && isInRange(operation.knowledgeTime())
                && (ending.isClosed()
                        ? ending.lifeEnd() == lifeEnd
                        : isInRange(lifeEnd)
                                && (ending.pointCount() == 0 || !ending.isAfterLife(ending.lastTime(), lifeEnd)));
    }

    private static boolean isInRange(final long instantNs) {
        return instantNs >= Instants.MIN && instantNs <= Instants.MAX;
    }

    private void end(final long sequence) {
        final boolean isNew = !series.isClosed();
        clock.observe(operation.lifeEnd(), operation.knowledgeTime(), operation.isStamped());
        series.beginChange(sequence);
        if (isNew) {
            closing.close(series, operation.lifeEnd(), operation.knowledgeTime());
        }
        series.lastKnowledgeTime(Math.max(series.lastKnowledgeTime(), operation.knowledgeTime()));
        if (operation.linkedNumber() != OperationDescriptor.MISSING) {
            closing.successor(series, operation.linkedNumber(), operation.knowledgeTime());
        }
        groups.change(series.seriesNumber(), operation.lifeEnd(), clock.now());
        series.endChange(sequence);
        groups.release();
        clock.publish();
        if (isNew && updates.isWatched(series.seriesNumber())) {
            updates.applied(
                    UpdateCause.CLOSING,
                    series.seriesNumber(),
                    operation.lifeEnd(),
                    operation.knowledgeTime(),
                    OperationDescriptor.MISSING,
                    sequence);
        }
    }
}
