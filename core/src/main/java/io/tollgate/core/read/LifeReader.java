package io.tollgate.core.read;

import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.Status;
import io.tollgate.api.Window;
import io.tollgate.core.metric.LifeAnswer;
import io.tollgate.core.store.ReadableBlocks;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.SeriesLife;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.ShardStores;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads from when on and until when series live, and which they follow. A series follows another one if the other one
 * says so: what the one that follows says of it only leads there. Used by one thread at a time.
 */
final class LifeReader implements Attempts.Attempt<Series, LifeAnswer> {
    private static final long OPEN = Long.MAX_VALUE;

    private final ShardStores stores;
    private final Attempts attempts;
    private final KnowledgeView[] views;
    private final SeriesLife[] lives;
    private final SeriesRecord record = new SeriesRecord();
    private final SeriesRecord linked = new SeriesRecord();

    LifeReader(
            final ReadableStore store,
            final ReadGate.Entrance entrance,
            final int maxAttempts,
            final LongAdder contendedCount) {
        this(new ShardStores(List.of(store)), entrance, maxAttempts, contendedCount);
    }

    LifeReader(
            final ShardStores stores,
            final ReadGate.Entrance entrance,
            final int maxAttempts,
            final LongAdder contendedCount) {
        this.stores = stores;
        attempts = new Attempts(entrance, maxAttempts, contendedCount);
        views = new KnowledgeView[stores.count()];
        lives = new SeriesLife[stores.count()];
        for (int i = 0; i < views.length; i++) {
            final ReadableBlocks blocks = stores.get(i).blocks();
            views[i] = new KnowledgeView(blocks);
            lives[i] = new SeriesLife(blocks);
        }
    }

    /** Fills an answer. */
    void read(final Series series, final long knownAtNs, final LifeAnswer answer) {
        SeriesReader.requireInRange(0, knownAtNs);
        final Status status = attempts.read(this, series, null, 0, knownAtNs, answer);
        if (status != Status.OK) {
            answer.none(status);
        }
    }

    @Override
    public void begin(final Series series, final LifeAnswer answer) {
        SeriesAttempt.wrap(record, stores.of(series), series);
    }

    @Override
    public Status tryRead(
            final Series series, final Window window, final long atNs, final long knownAtNs, final LifeAnswer answer) {
        final long version = record.version();
        if (Attempts.isBeingChanged(version)) {
            return Status.CONTENDED;
        }
        final int shard = stores.shardOf(series.number());
        final SeriesLife life = lives[shard];
        final boolean isWhole = views[shard].open(record, knownAtNs);
        final long startNs = record.aliveFrom();
        final long endNs = record.lifeEnd();
        final long endKnownAtNs = life.endKnownAt(record);
        final long successorKnownAtNs = life.successorKnownAt(record);
        final long successor = life.successor(record);
        final long predecessor = life.predecessor(record);
        if (!record.isUnchangedSince(version)) {
            return Status.CONTENDED;
        }
        SeriesAttempt.requireWhole(record, isWhole);
        if (views[shard].isForgotten()) {
            return Status.FORGOTTEN;
        }
        answer.begin(startNs == OPEN ? Publisher.NONE : startNs);
        boolean isRead = true;
        if (endNs != OPEN) {
            answer.end(endNs, endKnownAtNs);
            if (successorKnownAtNs <= knownAtNs) {
                isRead = tryReadSuccessor(series.number(), successor, successorKnownAtNs, answer);
            }
        }
        return isRead && tryReadPredecessor(series.number(), predecessor, knownAtNs, answer)
                ? Status.OK
                : Status.CONTENDED;
    }

    /** A link counts if both series say so: of two shards, a power failure may leave one that names what is lost. */
    private boolean tryReadSuccessor(
            final long number, final long successor, final long successorKnownAtNs, final LifeAnswer answer) {
        if (!wrapLinked(successor)) {
            return true;
        }
        final long version = linked.version();
        final long back = lives[stores.shardOf(successor)].predecessor(linked);
        if (!linked.isUnchangedSince(version)) {
            return false;
        }
        if (back == number) {
            answer.successor(successor, successorKnownAtNs);
        }
        return true;
    }

    private boolean tryReadPredecessor(
            final long number, final long predecessor, final long knownAtNs, final LifeAnswer answer) {
        if (!wrapLinked(predecessor)) {
            return true;
        }
        final int shard = stores.shardOf(predecessor);
        final long version = linked.version();
        final boolean isWhole = views[shard].open(linked, knownAtNs);
        final long successorKnownAtNs = lives[shard].successorKnownAt(linked);
        final boolean isLinked =
                linked.lifeEnd() != OPEN && successorKnownAtNs <= knownAtNs && lives[shard].successor(linked) == number;
        if (!linked.isUnchangedSince(version)) {
            return false;
        }
        SeriesAttempt.requireWhole(linked, isWhole);
        if (isLinked) {
            answer.predecessor(predecessor, successorKnownAtNs);
        }
        return true;
    }

    /** Goes over to a series by its number; false if there is none. */
    private boolean wrapLinked(final long number) {
        final int shard = stores.shardOf(number);
        final long address =
                number < 0 || shard >= stores.count() ? 0 : stores.get(shard).recordAddress(number);
        if (address != 0) {
            linked.wrap(address);
        }
        return address != 0;
    }
}
