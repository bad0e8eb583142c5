/**
 * Updates: each change of a watched metric once, and thresholds that fire.
 *
 * <pre>
 *   Subscription | WatchSet ─ Engine.subscribe | watch ─▶ UpdateQueue ─ poll ─▶ UpdateHandler.onUpdate(Update)
 *                                                         └─▶ Listening: a thread of the engine calls the handler
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.api.watch.Subscription}.
 */
@NullMarked
package io.tollgate.api.watch;

import org.jspecify.annotations.NullMarked;
