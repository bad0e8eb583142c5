package io.tollgate.core;

import io.tollgate.api.LifeEnd;
import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.SeriesKind;
import io.tollgate.core.file.Uninterrupted;
import io.tollgate.core.store.KnownHandles;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.ShardStores;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Defines, finds and closes the series of an engine, each on its shard. Control threads. */
final class EngineSeries {
    private static final String CLOSE = "closeSeries";

    private final List<ShardWorker> workers;
    private final KnownHandles handles;
    private final ShardStores stores;
    private final EngineCalls calls;
    private final Object closingLock = new Object();

    EngineSeries(
            final List<ShardWorker> workers,
            final KnownHandles handles,
            final ShardStores stores,
            final EngineCalls calls) {
        this.workers = workers;
        this.handles = handles;
        this.stores = stores;
        this.calls = calls;
    }

    /** Defines a series of a kind, or finds it where it is defined the same way. */
    Series define(final SeriesDefinition definition, final SeriesKind expected) {
        if (definition.kind() != expected) {
            throw new IllegalArgumentException(
                    "series=" + definition.key() + " kind=" + definition.kind() + ", expected " + expected);
        }
        final ShardWorker worker = workerOf(definition.key());
        return known(calls.call(worker, "define", () -> worker.registry().define(definition)));
    }

    /** Finds a series by its key. */
    Optional<Series> find(final String key) {
        final ShardWorker worker = workerOf(key);
        return calls.callOrRun(worker, () -> worker.registry().find(key)).map(this::known);
    }

    /** Finds a series by its number. */
    Optional<Series> find(final long number) {
        final int shard = stores.shardOf(number);
        if (shard >= workers.size()) {
            return Optional.empty();
        }
        final ShardWorker worker = workers.get(shard);
        return calls.callOrRun(worker, () -> worker.registry().find(number));
    }

    /** Has a handle known before anything is offered to it. */
    private Series known(final Series series) {
        handles.has(series);
        return series;
    }

    private ShardWorker workerOf(final String key) {
        return workers.get(ShardPlace.indexOf(key, workers.size()));
    }

    private ShardWorker workerOf(final Series series) {
        return workers.get(handles.shardOf(series));
    }

    /**
     * Closes a series, after it was noted of the one that follows that it does: only the closing makes that true, so
     * that nothing is half done where the engine ends in between.
     */
    void close(final Series series, final LifeEnd end) {
        final ShardWorker worker = workerOf(series);
        end.successor().ifPresent(next -> requireSuits(series, next));
        calls.requireOutside(CLOSE);
        synchronized (closingLock) {
            final boolean isClosed = calls.call(worker, CLOSE, () -> {
                worker.closer().requirePossible(series, end);
                return worker.closer().isClosed(series);
            });
            if (isClosed) {
                if (!isNewSuccessor(series, end)) {
                    return;
                }
                calls.call(worker, CLOSE, () -> {
                    worker.closer().requireKnown(series, end);
                    return series;
                });
            }
            if (end.successor().isPresent()) {
                follow(end.successor().get(), series, end);
                // What has begun is done to its end.
                Uninterrupted.call(() -> closeAlone(worker, series, end));
            } else {
                closeAlone(worker, series, end);
            }
        }
    }

    private Series closeAlone(final ShardWorker worker, final Series series, final LifeEnd end) {
        return calls.call(worker, CLOSE, () -> {
            worker.closer().close(series, end);
            return series;
        });
    }

    /** Whether another series is to follow one that is closed; refuses a second one. */
    private boolean isNewSuccessor(final Series series, final LifeEnd end) {
        if (end.successor().isEmpty()) {
            return false;
        }
        final Series next = end.successor().get();
        final long successor = successorOf(series.number());
        if (successor == Publisher.NONE || predecessorOf(successor) != series.number()) {
            return true;
        }
        if (successor != next.number()) {
            throw new IllegalStateException("series=" + series.key() + " successor=" + next.key()
                    + " is followed by seriesNumber=" + successor + " already, expected one successor");
        }
        return false;
    }

    private void requireSuits(final Series series, final Series next) {
        workerOf(next);
        if (next.number() == series.number()
                || next.definition().kind() != series.definition().kind()) {
            throw new IllegalArgumentException("series=" + series.key() + " kind="
                    + series.definition().kind() + " successor=" + next.key() + " kind="
                    + next.definition().kind() + ", expected another series of the same kind");
        }
    }

    private void follow(final Series next, final Series series, final LifeEnd end) {
        final ShardWorker worker = workerOf(next);
        final long before = calls.call(worker, CLOSE, () -> {
            worker.closer().requireOpen(next);
            return worker.closer().predecessor(next.number());
        });
        if (before == series.number()) {
            return;
        }
        if (before != Publisher.NONE && successorOf(before) == next.number()) {
            throw new IllegalStateException("successor=" + next.key() + " follows seriesNumber=" + before
                    + " already, expected one that follows no other; define a series of its own to follow "
                    + series.key());
        }
        calls.call(worker, CLOSE, () -> {
            worker.closer().follow(next, series, end);
            return next;
        });
    }

    /** What the end of a series names: it follows where it says so too, see {@link #predecessorOf}. */
    private long successorOf(final long number) {
        return ofCloser(number, closer -> closer.successor(number));
    }

    private long predecessorOf(final long number) {
        return ofCloser(number, closer -> closer.predecessor(number));
    }

    private long ofCloser(final long number, final ToLongFunction<SeriesCloser> question) {
        final int shard = stores.shardOf(number);
        return shard >= workers.size()
                ? Publisher.NONE
                : calls.call(
                        workers.get(shard),
                        CLOSE,
                        () -> question.applyAsLong(workers.get(shard).closer()));
    }
}
