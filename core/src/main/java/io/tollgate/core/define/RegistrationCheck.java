package io.tollgate.core.define;

import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Window;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.registration.PatternTrie;
import io.tollgate.core.store.registration.Registered;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Checks that a registration would not give an existing series too many windows. The check is immediate if the
 * registration has no new window, or if all windows of the store together are within the limit. Otherwise it checks the
 * series one by one, a part in each duty cycle, so that points need not wait. Engine thread only.
 */
final class RegistrationCheck implements BooleanSupplier {
    private static final int SERIES_PER_CYCLE = 256;

    private final SeriesStore store;
    private final String pattern;
    private final Registered added;
    private final PatternTrie<Registered> trie = new PatternTrie<>();
    private final SeriesRecord record = new SeriesRecord();
    private long nextSeries;

    RegistrationCheck(final SeriesStore store, final String pattern, final Registered added) {
        this.store = store;
        this.pattern = pattern;
        this.added = added;
        trie.put(pattern, added);
    }

    /** Continues the check. Returns false if more series remain. */
    @Override
    public boolean getAsBoolean() {
        if (nextSeries == 0 && (isRegistered() || isHarmless())) {
            return true;
        }
        final long end = Math.min(nextSeries + SERIES_PER_CYCLE, store.seriesCount());
        while (nextSeries < end) {
            check(nextSeries++);
        }
        return end == store.seriesCount();
    }

    private boolean isRegistered() {
        return added.without(store.registrations().under(pattern).orElse(Registered.NOTHING))
                .isNothing();
    }

    private boolean isHarmless() {
        final Set<Window> all = store.allWindows();
        all.addAll(added.windows());
        return all.size() <= SeriesDefinition.MAX_WINDOWS;
    }

    private void check(final long number) {
        final String key = store.keyOf(number);
        if (!trie.matching(key).isEmpty()) {
            record.wrap(store.recordAddress(number));
            WindowRegistrar.requireWindowCount(
                    "pattern=" + pattern + " series=" + key,
                    store.registeredOf(record).with(added));
        }
    }
}
