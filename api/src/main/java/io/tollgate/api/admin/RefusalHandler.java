package io.tollgate.api.admin;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;

/**
 * Told of each point or withdrawal that the engine refuses after it was offered, on the engine's thread: return
 * quickly. It may find series and read, but not wait for the engine: {@code define}, {@code register},
 * {@code awaitApplied}, {@code advanceTo}, {@code step} and {@code close} are refused there. What it throws is told to
 * the engine's error handler.
 */
@FunctionalInterface
public interface RefusalHandler {
    /**
     * A point or a withdrawal was refused. It is counted and logged as well.
     *
     * @param reason          why.
     * @param seriesNumber    {@link Series#number()} of its series.
     * @param validTimeNs     its valid time.
     * @param value           its scaled value, {@link Decimals#UNKNOWN} if it has none, as a withdrawal.
     * @param knowledgeTimeNs its knowledge time, {@link Instants#NONE} if it has none.
     * @param reference       its reference, {@link Instants#NONE} if it has none.
     */
    void onRefusal(
            RefusalReason reason,
            long seriesNumber,
            long validTimeNs,
            long value,
            long knowledgeTimeNs,
            long reference);
}
