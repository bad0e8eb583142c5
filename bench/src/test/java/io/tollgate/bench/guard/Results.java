package io.tollgate.bench.guard;

import io.tollgate.bench.pair.PairResult;

final class Results {
    private static final double REFERENCE_NANOSECONDS = 100;

    private Results() {}

    static PairResult of(final String name, final double ratio, final double allocatedBytes) {
        return new PairResult(name, ratio, ratio * REFERENCE_NANOSECONDS, REFERENCE_NANOSECONDS, allocatedBytes);
    }
}
