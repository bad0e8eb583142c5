package io.tollgate.core.read;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.SeriesLife;

/**
 * Reads the start and end of a series' life, and its predecessor and successor. The predecessor's record decides
 * whether a link exists; the successor's record only points back to it. Used by one thread at a time.
 */
final class LifeReader implements SeqLock.Attempt<LifeQuery> {
    private static final long OPEN = Long.MAX_VALUE;

    private final ReadableStore store;
    private final AsOfView view;
    private final SeriesLife life;
    private final SeriesRecord record = new SeriesRecord();
    private final SeriesRecord linked = new SeriesRecord();
    private Series series;

    LifeReader(final ReadableStore store) {
        this.store = store;
        view = new AsOfView(store.blocks());
        life = new SeriesLife(store.blocks());
    }

    LifeReader of(final Series next) {
        series = next;
        return this;
    }

    @Override
    public void begin(final LifeQuery answer) {
        record.wrap(store.requireOwn(series));
    }

    @Override
    public Status tryRead(final long atNs, final long knownAtNs, final LifeQuery answer) {
        final long version = record.version();
        if (SeqLock.isBeingChanged(version)) {
            return Status.CONTENDED;
        }
        final boolean isIntact = view.open(record, knownAtNs);
        final long startNs = record.aliveFrom();
        final long endNs = record.lifeEnd();
        final long endKnownAtNs = life.endKnownAt(record);
        final long successorKnownAtNs = life.successorKnownAt(record);
        final long successor = life.successor(record);
        final long predecessor = life.predecessor(record);
        if (!record.isUnchangedSince(version)) {
            return Status.CONTENDED;
        }
        record.requireIntact(isIntact);
        if (view.isForgotten()) {
            return Status.FORGOTTEN;
        }
        answer.begin(startNs == OPEN ? Instants.NONE : startNs);
        boolean isRead = true;
        if (endNs != OPEN) {
            answer.end(endNs, endKnownAtNs);
            if (successorKnownAtNs <= knownAtNs) {
                isRead = tryReadSuccessor(series.number(), successor, answer);
            }
        }
        return isRead && tryReadPredecessor(series.number(), predecessor, knownAtNs, answer)
                ? Status.OK
                : Status.CONTENDED;
    }

    /**
     * A link counts only if both records agree. A crash may leave a dangling link to a series that is not the
     * successor.
     */
    private boolean tryReadSuccessor(final long number, final long successor, final LifeQuery answer) {
        if (!wrapLinked(successor)) {
            return true;
        }
        final long version = linked.version();
        final long back = life.predecessor(linked);
        if (!linked.isUnchangedSince(version)) {
            return false;
        }
        if (back == number) {
            answer.successor(successor);
        }
        return true;
    }

    private boolean tryReadPredecessor(
            final long number, final long predecessor, final long knownAtNs, final LifeQuery answer) {
        if (!wrapLinked(predecessor)) {
            return true;
        }
        final long version = linked.version();
        final boolean isIntact = view.open(linked, knownAtNs);
        final long successorKnownAtNs = life.successorKnownAt(linked);
        final boolean isLinked =
                linked.lifeEnd() != OPEN && successorKnownAtNs <= knownAtNs && life.successor(linked) == number;
        if (!linked.isUnchangedSince(version)) {
            return false;
        }
        linked.requireIntact(isIntact);
        if (isLinked) {
            answer.predecessor(predecessor);
        }
        return true;
    }

    /** Wraps a series by its number. Returns false if it does not exist. */
    private boolean wrapLinked(final long number) {
        final long address = number < 0 ? 0 : store.recordAddress(number);
        if (address != 0) {
            linked.wrap(address);
        }
        return address != 0;
    }
}
