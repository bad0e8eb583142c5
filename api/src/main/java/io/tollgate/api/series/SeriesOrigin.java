package io.tollgate.api.series;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The source of handles: an open engine, or a view of a data directory. It recognises the handles that it has made by
 * one reference, so that an offer need not compare identities. Its handles share what their definitions have in common.
 * An engine keeps its origin to itself; programs need none. Usable by any thread.
 */
public final class SeriesOrigin {
    private static final int SHARED_COUNT = 256;

    /** The last terms of each hash; a few hundred at most, because programs may define each series differently. */
    private final AtomicReferenceArray<SeriesTerms> shared = new AtomicReferenceArray<>(SHARED_COUNT);

    /** Creates an origin that has made no handle. */
    public SeriesOrigin() {}

    /**
     * Creates the handle of a series.
     *
     * @param number     number of the series, 0 or more.
     * @param definition definition of the series.
     * @return the handle.
     */
    public Series handle(final long number, final SeriesDefinition definition) {
        Objects.requireNonNull(definition, "definition");
        final SeriesTerms terms = shared(definition.terms());
        return terms.kind() == SeriesKind.STEP
                ? new StepSeries(number, definition.key(), terms, this)
                : new FlowSeries(number, definition.key(), terms, this);
    }

    private SeriesTerms shared(final SeriesTerms terms) {
        final int hash = terms.hashCode();
        final int index = (hash ^ hash >>> 16) & SHARED_COUNT - 1;
        final SeriesTerms found = shared.get(index);
        if (terms.equals(found)) {
            return found;
        }
        shared.set(index, terms);
        return terms;
    }

    /**
     * Returns true if this origin has made a handle.
     *
     * @param series the handle.
     * @return false for a handle of another origin, and for one made by its constructor.
     */
    public boolean hasMade(final Series series) {
        return ((NumberedSeries) Objects.requireNonNull(series, "series=null, expected a series of this engine"))
                        .origin()
                == this;
    }
}
