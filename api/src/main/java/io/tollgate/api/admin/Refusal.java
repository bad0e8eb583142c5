package io.tollgate.api.admin;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import java.util.Objects;

/**
 * A point or a withdrawal that the engine refused after it was offered.
 *
 * @param reason          why.
 * @param ticket          of the point or of its batch; 0 if the refusal is read from the log
 *                        ({@link Audit#readRefusals}), as a ticket means something only until the engine is closed.
 * @param sequence        of the refusal in the log, 1 or more; 0 where the log had no room for it
 *                        ({@link RefusalReason#DISK_FULL}).
 * @param isWithdrawal    whether it is a withdrawal.
 * @param seriesNumber    {@link Series#number()} of its series.
 * @param validTimeNs     its valid time.
 * @param value           its scaled value, {@link Decimals#UNKNOWN} if it has none, as a withdrawal.
 * @param knowledgeTimeNs its knowledge time, {@link Instants#NONE} if it has none.
 * @param reference       its reference, {@link Publisher#NO_REFERENCE} if it has none.
 */
public record Refusal(
        RefusalReason reason,
        long ticket,
        long sequence,
        boolean isWithdrawal,
        long seriesNumber,
        long validTimeNs,
        long value,
        long knowledgeTimeNs,
        long reference) {
    /**
     * Refuses null.
     *
     * @param ticket          of the point or of its batch; 0 if the refusal is read from the log
     *                        ({@link Audit#readRefusals}), as a ticket means something only until the engine is closed.
     * @param reason          why.
     * @param sequence        of the refusal in the log, 1 or more; 0 where the log had no room for it
     *        ({@link RefusalReason#DISK_FULL}).
     * @param isWithdrawal    whether it is a withdrawal.
     * @param seriesNumber    {@link Series#number()} of its series.
     * @param validTimeNs     its valid time.
     * @param value           its scaled value, {@link Decimals#UNKNOWN} if it has none, as a withdrawal.
     * @param knowledgeTimeNs its knowledge time, {@link Instants#NONE} if it has none.
     * @param reference       its reference, {@link Instants#NONE} if it has none.
     */
    public Refusal {
        Objects.requireNonNull(reason, "reason");
    }
}
