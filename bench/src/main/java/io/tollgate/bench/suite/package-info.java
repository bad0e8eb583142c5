/**
 * The JMH suite. Each benchmark class covers one step of a point's way through the engine. It compares the step, on the
 * same points, with a floor or with code that one would write without an engine.
 */
package io.tollgate.bench.suite;
