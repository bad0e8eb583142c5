/**
 * How long it takes until a user sees a point: an {@link OpenLoop} sends at a steady rate, whatever comes back, and
 * measures from the instant at which a point should have been sent to the instant at which its metrics are read.
 */
package io.tollgate.bench.latency;
