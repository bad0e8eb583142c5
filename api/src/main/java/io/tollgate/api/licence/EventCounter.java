package io.tollgate.api.licence;

import io.tollgate.api.FlowSeries;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Status;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;

/** Counts the events of a window, one kind after the other, and says what the counts are worth. One thread. */
final class EventCounter {
    private final long[] counts = new long[LicenceEventKind.values().length];
    private Status status = Status.EMPTY;
    private FlowSeries last;

    /** Reads a window; ends with the kind of which there is no count, as its series was CONTENDED or FORGOTTEN. */
    void read(
            final LicenceSeries series,
            final MetricReader reader,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final WindowReading reading) {
        int untold = 0;
        boolean isWhole = true;
        for (final LicenceEventKind kind : LicenceEventKind.values()) {
            last = series.events(kind);
            reader.read(last, window, atNs, knownAtNs, reading);
            status = reading.status(Metric.SUM);
            final boolean isUntold = status == Status.EMPTY;
            if (!isUntold && !status.hasValue()) {
                return;
            }
            untold += isUntold ? 1 : 0;
            isWhole &= status == Status.OK;
            counts[kind.ordinal()] = isUntold ? 0 : Math.round(reading.value(Metric.SUM));
        }
        status = untold == counts.length ? Status.EMPTY : isWhole ? Status.OK : Status.PARTIAL;
    }

    /** OK, PARTIAL or EMPTY, or why there are no counts. */
    Status status() {
        return status;
    }

    /** {@return whether there are counts} */
    boolean isCounted() {
        return status.hasValue() || status == Status.EMPTY;
    }

    /** {@return the series that was read last: the one that could not be counted} */
    FlowSeries last() {
        return last;
    }

    /** The counts as read last, where there are any. */
    LicenceCounts counts() {
        return LicenceCounts.of(counts, status);
    }
}
