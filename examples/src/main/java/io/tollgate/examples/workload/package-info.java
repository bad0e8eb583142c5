/**
 * The streams of points for all measurements. A {@link Workload} describes a stream. A {@link PointStream} generates
 * it, the same one in each run. A {@link PointBatch} passes points on in primitive arrays. A {@link WorkloadEngine} is
 * an engine opened for a workload; closing it deletes all its files.
 */
package io.tollgate.examples.workload;
