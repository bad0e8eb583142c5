/** Measures a benchmark against its reference, in turns, each time in a separate JVM. */
package io.tollgate.bench.pair;
