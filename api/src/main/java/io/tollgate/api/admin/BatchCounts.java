package io.tollgate.api.admin;

/**
 * The outcomes of the batches of an engine since it was opened.
 *
 * @param applied  batches that were applied.
 * @param refused  batches that were refused because of one of their points.
 * @param aborted  batches that their producer aborted, including those that were too large.
 * @param timedOut batches that were open for too long.
 */
public record BatchCounts(long applied, long refused, long aborted, long timedOut) {
    /** {@return the counts in words} */
    @Override
    public String toString() {
        return applied + " applied, " + refused + " refused, " + aborted + " aborted, " + timedOut + " timed out";
    }
}
