package io.tollgate.core.report;

import io.tollgate.api.series.Instants;
import java.util.List;

/**
 * Operations that the log lost.
 *
 * @param firstSequence the first lost operation.
 * @param lastSequence  the last lost operation.
 * @param isPromised    true if one of them was acknowledged, according to the log positions.
 * @param isCovered     true if an intact store includes them; they are then missing only in the log.
 * @param knownFromNs   knowledge time of the last point before them, {@link Instants#MIN} if there is none.
 * @param knownToNs     knowledge time of the first point after them, {@link Instants#MAX} if there is none.
 * @param validFromNs   the first valid time in the damaged bytes, as far as they can be read;
 *                      {@link Instants#MAX} if they cannot.
 * @param validToNs     the last valid time in the damaged bytes, {@link Instants#MIN} if they cannot be read.
 * @param series        keys of the series in the damaged bytes, as far as they can be read.
 */
public record Loss(
        long firstSequence,
        long lastSequence,
        boolean isPromised,
        boolean isCovered,
        long knownFromNs,
        long knownToNs,
        long validFromNs,
        long validToNs,
        List<String> series) {
    private static final int MAX_KEYS_LISTED = 5;

    /**
     * Formats the loss in one line.
     *
     * @return its sequences, and the known series and times.
     */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(
                "sequences=" + firstSequence + ".." + lastSequence + " count=" + (lastSequence - firstSequence + 1));
        if (isCovered) {
            return text.append(": in the log only, the store has them").toString();
        }
        text.append(isPromised ? ", acknowledged" : ", not acknowledged as durable");
        text.append("; knowledge times ")
                .append(knownFromNs == Instants.MIN ? "from the start" : "from " + instant(knownFromNs))
                .append(knownToNs == Instants.MAX ? " to the end" : " to " + instant(knownToNs));
        if (validFromNs <= validToNs) {
            text.append("; valid times, as far as can be read, ")
                    .append(instant(validFromNs))
                    .append(" to ")
                    .append(instant(validToNs));
        }
        text.append("; series, as far as can be read: ");
        if (series.isEmpty()) {
            return text.append("none").toString();
        }
        text.append(String.join(", ", series.subList(0, Math.min(MAX_KEYS_LISTED, series.size()))));
        return series.size() > MAX_KEYS_LISTED
                ? text + " and " + (series.size() - MAX_KEYS_LISTED) + " more"
                : text.toString();
    }

    private static String instant(final long ns) {
        return Instants.format(ns);
    }
}
