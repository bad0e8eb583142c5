package io.tollgate.api.admin;

/**
 * What has become of the checkpoints of an engine since it was opened, those that it made by itself included.
 *
 * @param made            checkpoints that were made, or found to be there already.
 * @param failed          checkpoints that could not be made.
 * @param deletedSegments segments of the log that were deleted behind them.
 */
public record CheckpointCounts(long made, long failed, long deletedSegments) {
    /** {@return them in plain words} */
    @Override
    public String toString() {
        return made + " made, " + failed + " failed, " + deletedSegments + " log segments deleted";
    }
}
