package io.tollgate.core.log;

import java.util.List;

/**
 * The findings of a replay, and the end of the log.
 *
 * @param end the way in which the replay ended.
 * @param fromSequence the first requested sequence.
 * @param lastSequence the last sequence before the end; {@code fromSequence - 1} if there is no segment. If it is less
 *     than {@code fromSequence - 1}, the log ends before the requested sequence.
 * @param frames valid frames read, including those before {@code fromSequence}.
 * @param records records passed to the handler.
 * @param segmentIndex of the segment that holds the end, -1 if no segment was used yet.
 * @param position of the end in the file of that segment, in bytes: the position after the last valid frame.
 * @param damages all damaged places, in the order of the log. With {@link LogEnd#GAP} the last one names the missing
 *     sequences.
 */
public record ReplayResult(
        LogEnd end,
        long fromSequence,
        long lastSequence,
        long frames,
        long records,
        long segmentIndex,
        long position,
        List<LogDamage> damages) {
    /**
     * Returns the result for a log without a segment.
     *
     * @param fromSequence the first requested operation.
     * @return the result.
     */
    public static ReplayResult nothing(final long fromSequence) {
        return new ReplayResult(LogEnd.CLEAN, fromSequence, fromSequence - 1, 0, 0, -1, 0, List.of());
    }

    /**
     * Returns the sequence of the next record to be appended.
     *
     * @return the larger of {@code fromSequence} and {@code lastSequence + 1}, so that a sequence already held
     *     elsewhere is not assigned twice.
     */
    public long nextSequence() {
        return Math.max(fromSequence, lastSequence + 1);
    }

    /**
     * With {@link LogEnd#GAP}: returns the sequence from which a replay that accepts the loss can continue.
     *
     * @return the first valid sequence after the gap.
     * @throws IllegalStateException if the replay did not end at a gap.
     */
    public long resumeSequence() {
        if (end != LogEnd.GAP) {
            throw new IllegalStateException("end=" + end + ", expected GAP: the log has no operation after its end");
        }
        return damages.get(damages.size() - 1).lastMissing() + 1;
    }
}
