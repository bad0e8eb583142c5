/**
 * The streams of points that everything here is measured on. A {@link Workload} says what a stream looks like, a
 * {@link PointStream} makes it, the same one each time, a {@link PointBatch} hands it on in primitive arrays, and a
 * {@link WorkloadEngine} is an engine opened for it, and closed without a trace.
 */
package io.tollgate.examples.workload;
