package io.tollgate.bench.targets;

import io.tollgate.bench.pair.BenchmarkPair;

/**
 * Something that the engine is to reach.
 *
 * @param name      of it.
 * @param pair      what is measured, and what it is measured beside.
 * @param bound     how far it may go.
 * @param lineCount lines of memory that an operation touches, see core/docs/footprint.md; 0 where that says nothing.
 */
record Target(String name, BenchmarkPair pair, Bound bound, double lineCount) {
    /** One of which nobody reckons the lines. */
    Target(final String name, final BenchmarkPair pair, final Bound bound) {
        this(name, pair, bound, 0);
    }
}
