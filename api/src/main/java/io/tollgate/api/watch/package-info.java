/**
 * Updates: each change of a watched metric, once and in order, and thresholds that fire and clear.
 *
 * <pre>
 *   Subscription | WatchSet ─ Updates.subscribe ─┬─▶ UpdateQueue ─ poll ─▶ UpdateHandler.onUpdate(Update)
 *                                                └─▶ Registration: a thread of the engine calls the UpdateHandler
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.api.watch.Subscription}.
 */
@NullMarked
package io.tollgate.api.watch;

import org.jspecify.annotations.NullMarked;
