/** The cost of a point in time and memory, by the number of series and points. */
package io.tollgate.bench.scale;
