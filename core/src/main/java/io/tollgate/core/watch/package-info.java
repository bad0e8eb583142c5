/**
 * Updates of watched metrics: what is subscribed to, when it is looked at
 * ({@link io.tollgate.core.watch.EngineUpdates}), and the queues to those who want to know.
 *
 * <pre>
 *  engine thread                                                          one thread of the consumer's
 *  operation applied, released ─▶ EngineUpdates ─▶ UpdateRing (each queue) ─▶ PolledUpdates.poll
 *  advance of the clock logged      look, compare     128 bytes an update      handler
 * </pre>
 */
package io.tollgate.core.watch;
