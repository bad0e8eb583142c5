/** What the engine is to reach, measured in one run on one machine, beside what it has reached. */
package io.tollgate.bench.targets;
