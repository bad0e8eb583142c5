package io.tollgate.core.define;

import io.tollgate.api.DiskFullException;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.operation.RetentionOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.HorizonSearch;
import java.util.function.BooleanSupplier;

/**
 * Forgets the history of series one by one, a part in each duty cycle, so that points need not wait. For each series
 * the horizon is computed, logged, and applied as in a replay. Engine thread only, except the count after the end.
 */
public final class RetentionRun implements BooleanSupplier {
    /** The limit of work in a cycle: series examined and versions visited. */
    private static final long WORK_PER_CYCLE = 4_096;

    private final SeriesStore store;
    private final OperationJournal journal;
    private final EngineClock clock;
    private final String pattern;
    private final Retention retention;
    private final HorizonSearch search;
    private final SeriesRecord series = new SeriesRecord();
    private final RetentionOperation operation = new RetentionOperation();
    private long nextSeries;
    private long forgottenCount;

    /**
     * @param retention since an instant, or by count.
     */
    public RetentionRun(
            final SeriesStore store,
            final OperationJournal journal,
            final EngineClock clock,
            final String pattern,
            final Retention retention) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
        this.pattern = pattern;
        this.retention = retention;
        search = new HorizonSearch(store.blocks());
    }

    /** Continues the run. Returns false if more series remain. */
    @Override
    public boolean getAsBoolean() {
        final long count = store.seriesCount();
        long work = 0;
        while (nextSeries < count && work < WORK_PER_CYCLE) {
            series.wrap(store.recordAddress(nextSeries++));
            work += 1 + series.historyCount();
            if (series.historyCount() > 0 && SeriesPattern.fits(pattern, store.keyOf(series.seriesNumber()))) {
                retain();
            }
        }
        return nextSeries == count;
    }

    private void retain() {
        final long horizon = retention instanceof Retention.Versions versions
                ? search.latestEndAfter(series, versions.count())
                : search.latestEnd(series, ((Retention.Since) retention).knowledgeTimeNs());
        if (horizon == HorizonSearch.NONE) {
            return;
        }
        requireSpace();
        final long before = series.historyCount();
        try {
            operation.encode(journal.buffer(), journal.offset(), series.seriesNumber(), horizon, clock.now());
            journal.add();
            journal.commit();
        } catch (final RuntimeException e) {
            journal.clear();
            throw e;
        }
        forgottenCount += before - series.historyCount();
    }

    private void requireSpace() {
        if (!journal.hasSpace(1) || !store.blocks().hasSpaceToForget()) {
            throw new DiskFullException(
                    "series=" + store.keyOf(series.seriesNumber()),
                    "expected room for the operation that forgets; make some, and call again");
        }
    }

    /** {@return the number of forgotten versions} */
    public long forgottenCount() {
        return forgottenCount;
    }
}
