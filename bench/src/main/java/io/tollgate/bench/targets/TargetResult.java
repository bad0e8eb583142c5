package io.tollgate.bench.targets;

import io.tollgate.bench.pair.PairResult;

/**
 * What was found of a target.
 *
 * @param target that was measured.
 * @param result of its pair.
 */
record TargetResult(Target target, PairResult result) {
    double figure() {
        return target.bound().figure(result);
    }

    /** Whether it is reached; what is done once may allocate. */
    boolean holds() {
        return target.bound().holds(result)
                && (target.bound().isOfAnOpening() || result.allocatedBytes() <= PairResult.MOST_ALLOCATED_BYTES);
    }

    /** What memory alone takes, if each line comes from there and none is waited for: NaN where nobody reckons it. */
    double leastNanoseconds(final double nanosecondsALine) {
        return target.lineCount() == 0 ? Double.NaN : target.lineCount() * nanosecondsALine;
    }
}
