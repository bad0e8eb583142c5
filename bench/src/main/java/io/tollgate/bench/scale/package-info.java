/** What a point costs, in time and memory, by how many series and points there are. */
package io.tollgate.bench.scale;
