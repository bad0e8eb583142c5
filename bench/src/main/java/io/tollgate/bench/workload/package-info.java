/**
 * The streams of points that everything here is measured on. A {@link Workload} says what a stream looks like, a
 * {@link PointStream} makes it, the same one each time, and a {@link PointBatch} hands it on in primitive arrays.
 */
package io.tollgate.bench.workload;
