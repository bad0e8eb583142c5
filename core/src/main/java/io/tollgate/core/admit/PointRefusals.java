package io.tollgate.core.admit;

import io.tollgate.api.admin.Refusal;
import io.tollgate.api.admin.RefusalHandler;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.RefusalOperation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;

/**
 * Distributes refused points and withdrawals to the journal, the counters, the audit, and the handler of the program.
 * Without a handler they go to the report on standard error. Engine thread only, except the counters.
 */
public final class PointRefusals {
    private final OperationJournal journal;
    private final RefusalAudit audit;
    private final Optional<RefusalHandler> handler;
    private final RefusalReport report;
    private final ErrorHandler errorHandler;
    private final AtomicLongArray counts = new AtomicLongArray(RefusalReason.count() + 1);
    private final RefusalStorms storms;
    private final RefusalOperation operation = new RefusalOperation();

    public PointRefusals(
            final OperationJournal journal,
            final RefusalAudit audit,
            final Optional<RefusalHandler> handler,
            final RefusalReport report,
            final ErrorHandler errorHandler,
            final NanoClock clock) {
        this.journal = journal;
        this.audit = audit;
        this.handler = handler;
        this.report = report;
        this.errorHandler = errorHandler;
        storms = new RefusalStorms(counts, clock);
    }

    /** Refuses a point or withdrawal. Exceptions and errors of the handler go to the error handler. */
    void add(final RefusalReason reason, final PointOperation offered, final long ticket) {
        final boolean isLogged = reason != RefusalReason.DISK_FULL;
        audit.add(reason, offered, ticket, isLogged ? journal.sequence() : RefusalAudit.NOT_LOGGED);
        if (isLogged) {
            operation.encode(journal.buffer(), journal.offset(), reason.code(), offered);
            journal.add();
        }
        counts.lazySet(reason.code(), counts.get(reason.code()) + 1);
        if (handler.isEmpty()) {
            report.add(reason, offered);
            return;
        }
        try {
            handler.get().onRefusal(audit.last());
        } catch (final Throwable e) {
            errorHandler.onError(e);
        }
    }

    /** {@return the last refusals, the oldest first} */
    public List<Refusal> last() {
        return audit.list();
    }

    /** {@return the report on standard error, empty if the program has a handler} */
    public Optional<RefusalReport> report() {
        return handler.isEmpty() ? Optional.of(report) : Optional.empty();
    }

    /** {@return the events of refusals} */
    public RefusalStorms storms() {
        return storms;
    }

    /** Returns the number of points and withdrawals refused for a reason; any thread. */
    public long count(final RefusalReason reason) {
        return counts.get(reason.code());
    }
}
