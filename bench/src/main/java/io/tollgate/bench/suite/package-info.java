/**
 * The JMH suite: one benchmark class a step of a point's way, each beside its floor, or beside what one would write
 * without an engine, on the very same points.
 */
package io.tollgate.bench.suite;
