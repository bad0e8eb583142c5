package io.tollgate.core.admit;

import io.tollgate.api.Publisher;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.concurrent.NanoClock;

/**
 * Prints refusals on standard error if the program has no refusal handler: the first refusal of each reason in full,
 * then at most once a second the counts since. The engine's thread only counts, and formats the first lines. The
 * maintenance thread writes them in {@link #report()}, because standard error may block.
 */
public final class RefusalReport {
    private static final long PERIOD_NS = 1_000_000_000L;
    private static final RefusalReason[] REASONS = RefusalReason.values();

    private final SeriesStore store;
    private final NanoClock clock;
    private final SeriesRecord record = new SeriesRecord();

    /** The counts by code of the reason. */
    private final AtomicLongArray counts = new AtomicLongArray(RefusalReason.count() + 1);

    private final Queue<String> firstLines = new ConcurrentLinkedQueue<>();

    /** The counts already printed, by code of the reason. Only the printing thread uses it. */
    private final long[] reportedCounts = new long[RefusalReason.count() + 1];

    private long lastReportedNs;

    /**
     * Creates the report of an engine without refusals.
     *
     * @param store of the series.
     * @param clock to measure a second.
     */
    public RefusalReport(final SeriesStore store, final NanoClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Counts a refusal, and formats the first one of its reason. */
    void add(final RefusalReason reason, final PointOperation refused) {
        final long count = counts.get(reason.code());
        counts.lazySet(reason.code(), count + 1);
        if (count == 0) {
            final long seriesNumber = refused.seriesNumber();
            record.wrap(store.recordAddress(seriesNumber));
            final long value = refused.value();
            final long reference = refused.reference();
            final String scaled = value == Decimals.UNKNOWN ? "none" : Decimals.format(value, record.scale());
            firstLines.add("tollgate: refused " + reason + " series=" + store.keyOf(seriesNumber) + " time="
                    + instant(refused.validTime()) + " value=" + scaled + " knowledgeTime="
                    + instant(refused.knowledgeTime()) + " reference="
                    + (reference == Publisher.NO_REFERENCE ? "none" : Long.toString(reference)) + ", expected "
                    + expected(reason)
                    + "; more are counted: set EngineContext.refusalHandler to receive each");
        }
    }

    private static String instant(final long timeNs) {
        return timeNs == Instants.NONE ? "none" : Instants.format(timeNs);
    }

    private static String expected(final RefusalReason reason) {
        return switch (reason) {
            case KNOWLEDGE_DECREASES -> "a knowledge time at or after the last one of the series";
            case KNOWLEDGE_MISSING -> "a knowledge time, which moves the clock in mode KNOWLEDGE";
            case STORE_FULL -> "room in the store: raise the limits of EngineContext, or define fewer series";
            case DUPLICATE -> "no second point at that instant under REJECT: withdraw the first, or declare REVISE";
            case NO_SUCH_POINT -> "a point there to withdraw; if several share the instant, its reference";
            case OVERFLOW -> "a sum of the instant below 2^63: define the series with fewer digits";
            case DISK_FULL -> "room on the disk: free some, points are taken again then; offer this one again";
            case BATCH_REFUSED -> "no refused point in its batch: correct that point, and commit the batch again";
            case SERIES_CLOSED -> "a time before the end of the life of the series: offer it to the successor";
        };
    }

    /** Prints the due lines, and returns their number. */
    public int report() {
        final int lines = reportFirst();
        return lines == 0 && isAnyLeft() && clock.nanoTime() - lastReportedNs >= PERIOD_NS ? reportCounts() : lines;
    }

    /** Prints all remaining lines, at the end. */
    public void reportRemainder() {
        reportFirst();
        reportCounts();
    }

    private int reportFirst() {
        int lines = 0;
        for (String line = firstLines.poll(); line != null; line = firstLines.poll()) {
            System.err.println(line);
            lastReportedNs = clock.nanoTime();
            lines++;
        }
        return lines;
    }

    private boolean isAnyLeft() {
        for (final RefusalReason reason : REASONS) {
            if (leftCount(reason) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the number of refusals not printed yet. The first one of a reason has its own line. */
    private long leftCount(final RefusalReason reason) {
        return counts.get(reason.code()) - Math.max(reportedCounts[reason.code()], 1);
    }

    private int reportCounts() {
        final StringBuilder line = new StringBuilder();
        for (final RefusalReason reason : REASONS) {
            final long left = leftCount(reason);
            if (left > 0) {
                line.append(line.isEmpty() ? "tollgate: refused since then: " : ", ")
                        .append(left)
                        .append(' ')
                        .append(reason);
                reportedCounts[reason.code()] = Math.max(reportedCounts[reason.code()], 1) + left;
            }
        }
        if (line.isEmpty()) {
            return 0;
        }
        System.err.println(line);
        lastReportedNs = clock.nanoTime();
        return 1;
    }
}
