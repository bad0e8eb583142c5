/**
 * The effect of operations on the store. The state of an engine changes here only, live and in a replay.
 *
 * <pre>
 *   operation ─▶ OperationApplier ─┬─▶ PointTree, WindowStates      (points)
 *                                  ├─▶ GroupStates, EngineUpdates   (dependents of the series)
 *                                  ├─▶ LifeApplier, WatchApplier
 *                                  └─▶ EngineClock
 * </pre>
 *
 * <p>Internal. Begin reading at {@code OperationApplier}.
 */
package io.tollgate.core.apply;
