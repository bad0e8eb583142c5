package io.tollgate.api.admin;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import java.util.Objects;

/**
 * A point or withdrawal that the engine refused after it was offered.
 *
 * @param reason          the reason.
 * @param ticket          the ticket of the point or its batch; 0 if the refusal was read from the log
 *                        ({@link Audit#readRefusals}), because a ticket is valid only until the engine is closed.
 * @param sequence        the sequence of the refusal in the log, 1 or more; 0 if the disk had no room for it
 *                        ({@link RefusalReason#DISK_FULL}).
 * @param isWithdrawal    true for a withdrawal.
 * @param seriesNumber    {@link Series#number()} of the series.
 * @param validTimeNs     the valid time in ns since the epoch.
 * @param value           the scaled value, {@link Decimals#UNKNOWN} if there is none, for example for a withdrawal.
 * @param knowledgeTimeNs the knowledge time in ns since the epoch, {@link Instants#NONE} if there is none.
 * @param reference       the reference, {@link Publisher#NO_REFERENCE} if there is none.
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
     * @param reason          the reason.
     * @param ticket          the ticket of the point or its batch.
     * @param sequence        the sequence of the refusal in the log, 1 or more.
     * @param isWithdrawal    true for a withdrawal.
     * @param seriesNumber    {@link Series#number()} of the series.
     * @param validTimeNs     the valid time in ns since the epoch.
     * @param value           the scaled value, {@link Decimals#UNKNOWN} if there is none, for example for a withdrawal.
     * @param knowledgeTimeNs the knowledge time in ns since the epoch, {@link Instants#NONE} if there is none.
     * @param reference       the reference, {@link Publisher#NO_REFERENCE} if there is none.
     */
    public Refusal {
        Objects.requireNonNull(reason, "reason");
    }
}
