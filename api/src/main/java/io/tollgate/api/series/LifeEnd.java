package io.tollgate.api.series;

import io.tollgate.api.SeriesCatalog;
import java.util.Objects;
import java.util.Optional;

/**
 * The instant at which the life of a series ends if it is {@linkplain SeriesCatalog#close closed}, when that became
 * known, and which series goes on from there. Immutable; the other methods return a changed copy.
 *
 * @param instantNs the first instant that is not part of its life any more.
 * @param knownAtNs when the end became known, or, of a series that is closed already, its successor;
 *                  {@link Instants#NONE} for the engine's now.
 * @param successor the series that follows it, perhaps in another unit or scale; empty for none.
 */
public record LifeEnd(long instantNs, long knownAtNs, Optional<Series> successor) {
    /**
     * Checks the instants.
     *
     * @param instantNs the first instant that is not part of its life any more.
     * @param knownAtNs when the end became known, or, of a series that is closed already, its successor;
     *                  {@link Instants#NONE} for the engine's now.
     * @param successor the series that follows it, perhaps in another unit or scale; empty for none.
     * @throws IllegalArgumentException if an instant is out of range.
     */
    public LifeEnd {
        Instants.requireInRange(instantNs);
        if (knownAtNs != Instants.NONE) {
            Instants.requireInRange(knownAtNs);
        }
        Objects.requireNonNull(successor, "successor");
    }

    /**
     * An end that becomes known now, and that no series follows.
     *
     * @param instantNs the first instant that is not part of the life any more.
     * @return the end.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    public static LifeEnd at(final long instantNs) {
        return new LifeEnd(instantNs, Instants.NONE, Optional.empty());
    }

    /**
     * The same, known since an instant.
     *
     * @param knowledgeTimeNs the knowledge time.
     * @return the changed end.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    public LifeEnd knownAt(final long knowledgeTimeNs) {
        return new LifeEnd(instantNs, Instants.requireInRange(knowledgeTimeNs), successor);
    }

    /**
     * The same, with a series that goes on from there.
     *
     * @param next of the same kind; its unit and scale may be others.
     * @return the changed end.
     */
    public LifeEnd followedBy(final Series next) {
        Objects.requireNonNull(next, "next");
        return new LifeEnd(instantNs, knownAtNs, Optional.of(next));
    }
}
