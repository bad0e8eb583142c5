package io.tollgate.api.series;

import io.tollgate.api.SeriesCatalog;
import java.util.Objects;
import java.util.Optional;

/**
 * The end of a series that is {@linkplain SeriesCatalog#close closed}: instant, knowledge time and successor.
 * Immutable; {@code knownAt} and {@code followedBy} return a changed copy.
 *
 * <pre>{@code
 * engine.series().close(rate, LifeEnd.at(endNs).knownAt(announcedNs).followedBy(successor));
 * }</pre>
 *
 * @param instantNs the end in ns: the first instant after the life of the series.
 * @param knownAtNs knowledge time of the end in ns; if the series is already closed, that of the added successor.
 *                  {@link Instants#NONE} for the engine clock.
 * @param successor the series that follows, possibly with another unit or scale; empty for none.
 */
public record LifeEnd(long instantNs, long knownAtNs, Optional<Series> successor) {
    /**
     * Checks the instants.
     *
     * @param instantNs the end in ns.
     * @param knownAtNs knowledge time in ns, {@link Instants#NONE} for the engine clock.
     * @param successor the series that follows, empty for none.
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
     * Creates an end without a successor, with the engine clock as its knowledge time.
     *
     * @param instantNs the end in ns: the first instant after the life of the series.
     * @return the end.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    public static LifeEnd at(final long instantNs) {
        return new LifeEnd(instantNs, Instants.NONE, Optional.empty());
    }

    /**
     * Returns a copy with another knowledge time.
     *
     * @param knowledgeTimeNs knowledge time in ns.
     * @return the copy.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    public LifeEnd knownAt(final long knowledgeTimeNs) {
        return new LifeEnd(instantNs, Instants.requireInRange(knowledgeTimeNs), successor);
    }

    /**
     * Returns a copy with another successor.
     *
     * @param next series of the same kind; its unit and scale may differ.
     * @return the copy.
     */
    public LifeEnd followedBy(final Series next) {
        Objects.requireNonNull(next, "next");
        return new LifeEnd(instantNs, knownAtNs, Optional.of(next));
    }
}
