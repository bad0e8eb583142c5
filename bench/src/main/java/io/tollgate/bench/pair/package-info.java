/** A benchmark beside its reference: measured in turns, each time in a JVM of its own. */
package io.tollgate.bench.pair;
