/** The performance targets of the engine and their results, measured in one run on one machine. */
package io.tollgate.bench.targets;
