package io.tollgate.api.admin;

/**
 * The outcomes of the checkpoints of an engine since it was opened, automatic ones included.
 *
 * @param made            checkpoints that were made, or that were already up to date.
 * @param failed          checkpoints that failed.
 * @param deletedSegments log segments that were deleted after checkpoints.
 */
public record CheckpointCounts(long made, long failed, long deletedSegments) {
    /** {@return the counts in words} */
    @Override
    public String toString() {
        return made + " made, " + failed + " failed, " + deletedSegments + " log segments deleted";
    }
}
