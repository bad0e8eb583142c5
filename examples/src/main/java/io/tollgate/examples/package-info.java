/**
 * Programs on top of the engine: {@link io.tollgate.examples.Tollgate} with its commands, and
 * {@link io.tollgate.examples.FirstSteps}, the example of the README.
 */
package io.tollgate.examples;
