/**
 * Updates of watched metrics: the subscriptions, the instants of their evaluations, and the queues to their consumers.
 *
 * <pre>
 *  engine thread                                                          one thread of the consumer
 *  operation applied, released ─▶ EngineUpdates ─▶ UpdateRing (each queue) ─▶ PolledUpdates.poll
 *  advance of the clock logged      read, compare     128 bytes an update      handler
 * </pre>
 *
 * <p>Internal. Begin reading at {@code EngineUpdates}.
 */
package io.tollgate.core.watch;
