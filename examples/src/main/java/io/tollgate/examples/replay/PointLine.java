package io.tollgate.examples.replay;

import io.tollgate.api.Publisher;

/**
 * A point as one line of the input gives it.
 *
 * @param key             of its series.
 * @param validTimeNs     when it is in force, or happened.
 * @param value           scaled value, {@link Publisher#UNKNOWN} for "unknown from here on".
 * @param knowledgeTimeNs when it became known, {@link Publisher#NONE} if not given.
 * @param reference       of the point, {@link Publisher#NONE} if not given.
 */
record PointLine(String key, long validTimeNs, long value, long knowledgeTimeNs, long reference) {
    boolean isUnknown() {
        return value == Publisher.UNKNOWN;
    }
}
