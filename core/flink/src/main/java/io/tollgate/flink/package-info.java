/**
 * Engines in the subtasks of an Apache Flink job: a stream of points becomes a stream of exact answers, with the state
 * in Flink.
 *
 * <pre>
 *   PointRecord ─ key of the partition ─▶ RateOperator ─▶ RateAnswer, RefusedPoint, WatchEvent
 *                                              │
 *                            SubtaskEngine ◀───┴───▶ Partition: images and operations in keyed state
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.flink.RateStream}.
 */
@NullMarked
package io.tollgate.flink;

import org.jspecify.annotations.NullMarked;
