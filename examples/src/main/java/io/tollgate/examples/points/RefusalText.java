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
            case KNOWLEDGE_DECREASES -> "a time not before the last known_at of the series";
            case KNOWLEDGE_MISSING -> "a time, because the file has the column known_at";
            case STORE_FULL -> "space in the store, which has reached one of its limits";
            case DUPLICATE -> "no second point at this instant of the series";
            case NO_SUCH_POINT -> "an existing point to withdraw; if several share the instant, give its ref";
            case DISK_FULL -> "free space on the disk of the data directory";
            case OVERFLOW -> "a value for which the sum at the instant fits the scale";
            case BATCH_REFUSED -> "no refused point in its batch";
            case SERIES_CLOSED -> "a time before the end of the life of its series";
        };
    }
}
