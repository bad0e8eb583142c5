package io.tollgate.core.admit;

/**
 * The points and withdrawals of a series that were collected and are not applied yet, in their order, as offsets in the
 * buffer of the journal. Engine thread only.
 */
interface StagedPoints {
    /** Behind the last one. */
    int NONE = -1;

    /** The offset of the first operation that may be one of the series. */
    int first(long seriesNumber);

    /** The offset of the next operation that may be one of the series. */
    int next(int offset);
}
