/**
 * Definitions of series, windows and subscriptions, ends of lives, and what is forgotten: what a command asks of the
 * writer.
 *
 * <pre>
 *   command ─▶ SeriesRegistry | WindowRegistrar | SeriesCloser | SubscriptionRegistrar ─▶ OperationJournal
 * </pre>
 *
 * <p>Internal. Begin reading at {@code SeriesRegistry}. Only the writer's thread is here.
 */
package io.tollgate.core.define;
