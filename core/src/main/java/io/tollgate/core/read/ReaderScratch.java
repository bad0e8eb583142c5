package io.tollgate.core.read;

import io.tollgate.core.metric.BasicMetrics;
import io.tollgate.core.number.CrossQuotients;
import io.tollgate.core.number.Quotients;

/**
 * The scratch memory in which a reader works out its answers: a reading can be filled by the readers of all shards that
 * share it, and by no other. One thread.
 */
final class ReaderScratch {
    private final Quotients quotients = new Quotients();
    private final CrossQuotients cross = new CrossQuotients();
    private final BasicMetrics basics = new BasicMetrics();

    ReaderScratch() {}

    Quotients quotients() {
        return quotients;
    }

    CrossQuotients cross() {
        return cross;
    }

    BasicMetrics basics() {
        return basics;
    }
}
