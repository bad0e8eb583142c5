package io.tollgate.core.log;

import java.util.List;

/**
 * What a replay found, and where the log ends.
 *
 * @param end how the replay came to its end.
 * @param fromSequence the first sequence that was asked for.
 * @param lastSequence the last sequence found before the end; {@code fromSequence - 1} where there is no segment at
 *     all. Less than {@code fromSequence - 1} means that the log ends before what was asked for.
 * @param frames valid frames read, those before {@code fromSequence} included.
 * @param records handed to the handler.
 * @param segmentIndex of the segment that holds the end, -1 where no segment was used yet.
 * @param position of the end in that segment's file, in bytes: behind the last valid frame.
 * @param damages everything that does not hold what it should, in the order of the log. With {@link LogEnd#GAP} the
 *     last one says what is missing.
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
     * The result for a log without a segment.
     *
     * @param fromSequence the first operation that was asked for.
     * @return the result.
     */
    public static ReplayResult nothing(final long fromSequence) {
        return new ReplayResult(LogEnd.CLEAN, fromSequence, fromSequence - 1, 0, 0, -1, 0, List.of());
    }

    /**
     * The sequence the next record appended will have.
     *
     * @return the larger of {@code fromSequence} and {@code lastSequence + 1}: a sequence the caller has already from
     *     elsewhere is not given twice.
     */
    public long nextSequence() {
        return Math.max(fromSequence, lastSequence + 1);
    }

    /**
     * With {@link LogEnd#GAP}: where a replay that accepts the loss goes on.
     *
     * @return the first valid sequence behind the gap.
     * @throws IllegalStateException if the replay did not end at a gap.
     */
    public long resumeSequence() {
        if (end != LogEnd.GAP) {
            throw new IllegalStateException("end=" + end + ", expected GAP: the log has nothing behind its end");
        }
        return damages.get(damages.size() - 1).lastMissing() + 1;
    }
}
