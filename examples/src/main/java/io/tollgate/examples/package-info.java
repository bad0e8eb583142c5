/**
 * Programs that use the engine: {@link io.tollgate.examples.Tollgate} with its commands, and small programs that each
 * show one feature. {@link io.tollgate.examples.FirstSteps}, the example of the README, is one of these.
 */
package io.tollgate.examples;
