/**
 * Commands run by the writer: definitions of series, windows and subscriptions, ends of lives, retention, and images.
 *
 * <pre>
 *   command ─▶ SeriesRegistry | WindowRegistrar | SeriesCloser | SubscriptionRegistrar | ImageLoad ─▶ OperationJournal
 * </pre>
 *
 * <p>Internal. Begin reading at {@code SeriesRegistry}. Only the writer's thread runs here.
 */
package io.tollgate.core.define;
