/** The charts of bench/README.md, from recorded figures and the footprint of a series. */
package io.tollgate.bench.charts;
