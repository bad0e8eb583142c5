package io.tollgate.api.admin;

/**
 * What has become of the batches of an engine since it was opened.
 *
 * @param applied  batches that were applied.
 * @param refused  batches that were refused, for one of their points.
 * @param aborted  batches that their producer aborted, those that were too large included.
 * @param timedOut batches that were open for too long.
 */
public record BatchCounts(long applied, long refused, long aborted, long timedOut) {
    /** {@return them in plain words} */
    @Override
    public String toString() {
        return applied + " applied, " + refused + " refused, " + aborted + " aborted, " + timedOut + " timed out";
    }
}
