/**
 * Programs on top of the engine: {@link io.tollgate.examples.Tollgate} with its commands, and small ones to read, each
 * of which shows one thing: {@link io.tollgate.examples.FirstSteps}, the example of the README, and its neighbours.
 */
package io.tollgate.examples;
