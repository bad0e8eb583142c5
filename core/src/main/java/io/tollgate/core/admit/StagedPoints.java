package io.tollgate.core.admit;

/**
 * The staged points and withdrawals of a series that are not applied yet, in order, as offsets in the buffer of the
 * journal. Engine thread only.
 */
interface StagedPoints {
    /** The offset after the last operation. */
    int NONE = -1;

    /** Returns the offset of the first operation that may be of the series. */
    int first(long seriesNumber);

    /** Returns the offset of the next operation that may be of the series. */
    int next(int offset);
}
