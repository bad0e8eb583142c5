/**
 * The entry point of {@code benchmarks.jar}. It starts the JMH suite, the guard, the targets, the scale report, and the
 * comparison with other systems. See the README of the module.
 */
package io.tollgate.bench;
