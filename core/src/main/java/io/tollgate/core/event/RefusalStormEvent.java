package io.tollgate.core.event;

import io.tollgate.api.admin.RefusalReason;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The refusals of about a second. */
@Name("io.tollgate.RefusalStorm")
@Label("Refusal Storm")
@Description("Points and withdrawals that the engine refused within about a second, by reason")
public final class RefusalStormEvent extends EngineEvent {
    @Label("Refused")
    @Description("Refusals for all reasons")
    private long refused;

    @Label("KNOWLEDGE_DECREASES")
    private long knowledgeDecreases;

    @Label("KNOWLEDGE_MISSING")
    private long knowledgeMissing;

    @Label("STORE_FULL")
    private long storeFull;

    @Label("DUPLICATE")
    private long duplicate;

    @Label("NO_SUCH_POINT")
    private long noSuchPoint;

    @Label("OVERFLOW")
    private long overflow;

    @Label("DISK_FULL")
    private long diskFull;

    @Label("BATCH_REFUSED")
    private long batchRefused;

    @Label("SERIES_CLOSED")
    private long seriesClosed;

    /** Ends the event, if there was a refusal. The counts are by code of the reason. */
    public void end(final long total, final long[] counts) {
        if (total > 0 && isTaken()) {
            refused = total;
            knowledgeDecreases = counts[RefusalReason.KNOWLEDGE_DECREASES.code()];
            knowledgeMissing = counts[RefusalReason.KNOWLEDGE_MISSING.code()];
            storeFull = counts[RefusalReason.STORE_FULL.code()];
            duplicate = counts[RefusalReason.DUPLICATE.code()];
            noSuchPoint = counts[RefusalReason.NO_SUCH_POINT.code()];
            overflow = counts[RefusalReason.OVERFLOW.code()];
            diskFull = counts[RefusalReason.DISK_FULL.code()];
            batchRefused = counts[RefusalReason.BATCH_REFUSED.code()];
            seriesClosed = counts[RefusalReason.SERIES_CLOSED.code()];
            commit();
        }
    }
}
