package io.tollgate.core.read;

import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.Status;
import io.tollgate.core.metric.LifeAnswer;
import io.tollgate.core.store.ReadableBlocks;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.SeriesLife;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.ShardStores;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads from when on and until when series live, and which they follow. That one series follows another holds where the
 * other says so: what the one that follows says of it only leads there. Used by one thread at a time.
 */
final class LifeReader {
    private static final long OPEN = Long.MAX_VALUE;

    private final ShardStores stores;
    private final ReadGate.Entrance entrance;
    private final int maxAttempts;
    private final LongAdder contendedCount;
    private final KnowledgeView[] views;
    private final SeriesLife[] lives;
    private final SeriesRecord record = new SeriesRecord();
    private long startNs;
    private long endNs;
    private long endKnownAtNs;
    private long successor;
    private long successorKnownAtNs;
    private long predecessor;

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
        this.entrance = entrance;
        this.maxAttempts = maxAttempts;
        this.contendedCount = contendedCount;
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
        entrance.enter();
        try {
            SeriesReader.wrap(record, stores.of(series), series);
            final Status status = look(series.number(), knownAtNs);
            if (status != Status.OK) {
                answer.none(status);
                return;
            }
            answer.begin(startNs == OPEN ? Publisher.NONE : startNs);
            final boolean isEnded = endNs != OPEN;
            final long after = successor;
            final long before = predecessor;
            if (isEnded) {
                answer.end(endNs, endKnownAtNs);
            }
            readLinks(series.number(), isEnded ? after : Publisher.NONE, before, knownAtNs, answer);
        } finally {
            try {
                entrance.leave();
            } finally {
                entrance.isInside = false;
            }
        }
    }

    /** A link counts if both series say so: of two shards, a power failure may leave one that names what is lost. */
    private void readLinks(
            final long number, final long after, final long before, final long knownAtNs, final LifeAnswer answer) {
        final long afterKnownAtNs = successorKnownAtNs;
        if (wrap(after)) {
            if (look(after, knownAtNs) == Status.CONTENDED) {
                answer.none(Status.CONTENDED);
                return;
            }
            if (predecessor == number) {
                answer.successor(after, afterKnownAtNs);
            }
        }
        if (wrap(before)) {
            if (look(before, knownAtNs) == Status.CONTENDED) {
                answer.none(Status.CONTENDED);
            } else if (endNs != OPEN && successor == number) {
                answer.predecessor(before, successorKnownAtNs);
            }
        }
    }

    /** Goes over to a series by its number; false if there is none. */
    private boolean wrap(final long number) {
        final int shard = stores.shardOf(number);
        final long address =
                number < 0 || shard >= stores.count() ? 0 : stores.get(shard).recordAddress(number);
        if (address != 0) {
            record.wrap(address);
        }
        return address != 0;
    }

    /** Looks at the series until it has not changed meanwhile. */
    private Status look(final long number, final long knownAtNs) {
        final KnowledgeView view = views[stores.shardOf(number)];
        final SeriesLife life = lives[stores.shardOf(number)];
        for (int i = 0; i < maxAttempts; i++) {
            final long version = record.version();
            if (!Attempts.isBeingChanged(version)) {
                final boolean isWhole = view.open(record, knownAtNs);
                startNs = record.aliveFrom();
                endNs = record.lifeEnd();
                endKnownAtNs = life.endKnownAt(record);
                successorKnownAtNs = life.successorKnownAt(record);
                successor = successorKnownAtNs <= knownAtNs ? life.successor(record) : Publisher.NONE;
                predecessor = life.predecessor(record);
                if (record.isUnchangedSince(version)) {
                    SeriesReader.requireWhole(record, isWhole);
                    return view.isForgotten() ? Status.FORGOTTEN : Status.OK;
                }
            }
            Attempts.pause(i);
        }
        contendedCount.increment();
        return Status.CONTENDED;
    }
}
