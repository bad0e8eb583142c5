package io.tollgate.bench.targets;

import io.tollgate.bench.pair.BenchmarkPair;

/**
 * A performance target of the engine.
 *
 * @param name      of the target.
 * @param pair      the benchmark and its reference.
 * @param bound     the limit.
 * @param lineCount memory lines that an operation touches, see core/docs/footprint.md; 0 if unknown.
 */
record Target(String name, BenchmarkPair pair, Bound bound, double lineCount) {
    /** Creates a target whose count of memory lines is unknown. */
    Target(final String name, final BenchmarkPair pair, final Bound bound) {
        this(name, pair, bound, 0);
    }
}
