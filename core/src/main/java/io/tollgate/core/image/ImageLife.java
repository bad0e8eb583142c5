package io.tollgate.core.image;

import io.tollgate.api.series.Instants;
import java.util.Optional;

/**
 * The end of the life of a series, and its links. The links are keys, because numbers differ from engine to engine.
 *
 * @param endNs        the first instant after its life, {@link Instants#NONE} if it is open.
 * @param endKnownAtNs the knowledge time of the end, {@link Instants#NONE} if it is open.
 * @param successor    the series that follows; empty if it is open.
 * @param predecessor  the series that it follows.
 */
public record ImageLife(long endNs, long endKnownAtNs, Optional<Link> successor, Optional<Link> predecessor) {
    /** The life of an open series without links. */
    public static final ImageLife OPEN =
            new ImageLife(Instants.NONE, Instants.NONE, Optional.empty(), Optional.empty());

    /**
     * A link to another series.
     *
     * @param key       of the other series.
     * @param knownAtNs the knowledge time of the link.
     */
    public record Link(String key, long knownAtNs) {}

    /** {@return true if the life has an end} */
    public boolean isClosed() {
        return endNs != Instants.NONE;
    }
}
