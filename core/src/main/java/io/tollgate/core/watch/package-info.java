/**
 * Updates of watched metrics: what is subscribed to, when it is looked at, and the queues to those who want to know.
 *
 * <pre>
 *  engine thread                                                          one thread of the consumer's
 *  operation applied, released ─▶ EngineUpdates ─▶ UpdateRing (each queue) ─▶ PolledUpdates.poll
 *  advance of the clock logged      look, compare     128 bytes an update      handler
 * </pre>
 *
 * <p>Internal. Begin reading at {@code EngineUpdates}.
 */
package io.tollgate.core.watch;
