package io.tollgate.bench.targets;

import io.tollgate.bench.pair.PairResult;

/**
 * The result of a target.
 *
 * @param target that was measured.
 * @param result of its pair.
 */
record TargetResult(Target target, PairResult result) {
    double figure() {
        return target.bound().figure(result);
    }

    /** Returns true if the target is met. Openings may allocate, because they happen once. */
    boolean holds() {
        return target.bound().holds(result)
                && (target.bound().isOfAnOpening() || result.allocatedBytes() <= PairResult.MOST_ALLOCATED_BYTES);
    }

    /**
     * Returns the time of the memory accesses alone, or NaN if the count of lines is unknown. It assumes that each line
     * comes from memory and that the accesses are independent.
     */
    double leastNanoseconds(final double nanosecondsALine) {
        return target.lineCount() == 0 ? Double.NaN : target.lineCount() * nanosecondsALine;
    }
}
