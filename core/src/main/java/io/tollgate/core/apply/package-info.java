/**
 * The effect of an operation on the store: the one place where the state of an engine changes, also in a replay.
 *
 * <pre>
 *   operation ─▶ OperationApplier ─┬─▶ PointTree, WindowStates      (points)
 *                                  ├─▶ GroupStates, EngineUpdates   (what depends on the series)
 *                                  ├─▶ LifeApplier, WatchApplier
 *                                  └─▶ EngineClock
 * </pre>
 *
 * <p>Internal. Begin reading at {@code OperationApplier}.
 */
package io.tollgate.core.apply;
