package io.tollgate.core;

import io.tollgate.api.RefusalHandler;
import io.tollgate.api.RefusalReason;

/** Tells a handler of the refusals of all shards, one at a time: it need not know that there are several threads. */
final class SerialRefusalHandler implements RefusalHandler {
    private final RefusalHandler handler;

    SerialRefusalHandler(final RefusalHandler handler) {
        this.handler = handler;
    }

    @Override
    public synchronized void onRefusal(
            final RefusalReason reason,
            final long seriesNumber,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        handler.onRefusal(reason, seriesNumber, validTimeNs, value, knowledgeTimeNs, reference);
    }
}
