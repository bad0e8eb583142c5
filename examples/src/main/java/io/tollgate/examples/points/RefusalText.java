package io.tollgate.examples.points;

import io.tollgate.api.Publisher;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.Instants;

/** Formats the reason for which a point or a withdrawal is refused, with the expected value. */
final class RefusalText {
    private RefusalText() {}

    static String of(final RefusalReason reason, final PointLine point) {
        final boolean isOfKnowledge =
                reason == RefusalReason.KNOWLEDGE_DECREASES || reason == RefusalReason.KNOWLEDGE_MISSING;
        final boolean isNamed = point.reference() != Publisher.NO_REFERENCE && !isOfKnowledge;
        return reason + " "
                + (isOfKnowledge
                        ? "known_at=" + instant(point.knowledgeTimeNs())
                        : "time=" + instant(point.validTimeNs()))
                + (isNamed ? " ref=" + point.reference() : "") + ", expected " + expected(reason);
    }

    private static String instant(final long timeNs) {
        return timeNs == Instants.NONE ? "" : Instants.format(timeNs);
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
