package io.tollgate.core.ingest;

import io.tollgate.api.Outcome;

/** Applies one point on the caller's thread, which steps the engine. */
@FunctionalInterface
public interface PointApplier {
    /**
     * Applies a point or a withdrawal with checked arguments.
     *
     * @param type            of the operation.
     * @param seriesNumber    of a series of the engine.
     * @param validTimeNs     in range.
     * @param value           scaled.
     * @param knowledgeTimeNs in range, or none.
     * @param reference       of the point, or none.
     * @return APPLIED, UNCHANGED or REFUSED.
     * @throws IllegalStateException if another thread steps the engine, or it is closed or has failed.
     */
    Outcome apply(int type, long seriesNumber, long validTimeNs, long value, long knowledgeTimeNs, long reference);
}
