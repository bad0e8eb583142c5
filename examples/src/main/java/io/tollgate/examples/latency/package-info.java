/**
 * The command {@code latency}: how long it takes until a user sees a point. An {@link OpenLoop} sends at a steady rate,
 * whatever comes back, and counts from the instant at which a point should have been sent; a {@link Sweep} does so at
 * rising rates, up to the knee, with each {@link Contender}.
 */
package io.tollgate.examples.latency;
