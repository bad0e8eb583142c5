/**
 * Commands run by the writer: definitions of series, windows and subscriptions, ends of lives, and retention.
 *
 * <pre>
 *   command ─▶ SeriesRegistry | WindowRegistrar | SeriesCloser | SubscriptionRegistrar ─▶ OperationJournal
 * </pre>
 *
 * <p>Internal. Begin reading at {@code SeriesRegistry}. Only the writer's thread runs here.
 */
package io.tollgate.core.define;
