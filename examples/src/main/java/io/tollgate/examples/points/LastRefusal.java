package io.tollgate.examples.points;

import io.tollgate.api.admin.RefusalHandler;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.Instants;

/** What the engine refused last, kept until it is taken. For an engine that is stepped by the thread that asks. */
public final class LastRefusal implements RefusalHandler {
    private RefusalReason refused;
    private String text;

    /** Nothing was refused yet. */
    public LastRefusal() {}

    @Override
    public void onRefusal(
            final RefusalReason reason,
            final long seriesNumber,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        refused = reason;
        text = text(reason, validTimeNs, knowledgeTimeNs, reference);
    }

    /** Why a point or a withdrawal is refused, with what would be expected of it. */
    static String text(
            final RefusalReason reason, final long validTimeNs, final long knowledgeTimeNs, final long reference) {
        final boolean isOfKnowledge =
                reason == RefusalReason.KNOWLEDGE_DECREASES || reason == RefusalReason.KNOWLEDGE_MISSING;
        return reason + " "
                + (isOfKnowledge ? "known_at=" + instant(knowledgeTimeNs) : "time=" + instant(validTimeNs))
                + (reference == Instants.NONE || isOfKnowledge ? "" : " ref=" + reference) + ", expected "
                + expected(reason);
    }

    private static String instant(final long timeNs) {
        return timeNs == Instants.NONE ? "" : Instants.format(timeNs);
    }

    /** Says that the engine refused a point of a series, and forgets it. */
    void requireNone(final String key) {
        if (refused != null) {
            final String reason = refused.name();
            refused = null;
            throw new RefusedPointException(reason, "series=" + key + ' ' + text);
        }
    }

    private static String expected(final RefusalReason reason) {
        return switch (reason) {
            case KNOWLEDGE_DECREASES -> "no time before the last known_at of the series";
            case KNOWLEDGE_MISSING -> "a time: the file has the column known_at";
            case STORE_FULL -> "room in the store, which has reached a bound of its limits";
            case DUPLICATE -> "no second point at that instant of the series";
            case NO_SUCH_POINT -> "a point of the series there to withdraw; where several share the instant, its ref";
            case DISK_FULL -> "room on the disk of the data directory";
            case OVERFLOW -> "a value with which the sum of the instant still fits the scale";
            case BATCH_REFUSED -> "no refused point in its batch";
            case SERIES_CLOSED -> "a time before the end of the life of its series";
        };
    }
}
