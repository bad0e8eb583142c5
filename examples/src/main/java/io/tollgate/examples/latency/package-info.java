/**
 * The command {@code latency}: the time until a user sees a point. An {@link OpenLoop} sends at a constant rate,
 * independent of the answers, and counts from the scheduled instant of each point. A {@link Sweep} repeats this for
 * each {@link Contender} at rising rates, up to the knee.
 */
package io.tollgate.examples.latency;
