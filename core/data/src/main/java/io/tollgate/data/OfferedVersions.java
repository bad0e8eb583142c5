package io.tollgate.data;

import io.tollgate.api.Engine;
import io.tollgate.api.Outcome;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.data.table.RowWriter;
import io.tollgate.data.text.CsvRowWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Offers versions to an engine, and later asks for their outcomes, so that the engine applies them while the next ones
 * are read. One thread at a time.
 */
final class OfferedVersions {
    /** The engine remembers sixteen times as many outcomes. */
    private static final int LENGTH = 1 << 12;

    private static final int FIELDS = 6;

    private final Engine engine;
    private final Publisher publisher;
    private final RejectHandler rejects;
    private final long[] tickets = new long[LENGTH];
    private final long[] fields = new long[FIELDS * LENGTH];
    private final Series[] seriesOf = new Series[LENGTH];
    private long offeredCount;
    private long settledCount;
    private long unchangedCount;
    private long refusedCount;

    OfferedVersions(final Engine engine, final RejectHandler rejects) {
        this.engine = engine;
        this.rejects = rejects;
        publisher = engine.publisher();
    }

    long unchangedCount() {
        return unchangedCount;
    }

    long refusedCount() {
        return refusedCount;
    }

    void offer(final Series series, final SeriesVersions versions, final int version, final long value) {
        final PointEncoder point = point(series, versions, version, versions.knownAtNs(version));
        final boolean isUnknown = versions.value(version) == Decimals.UNKNOWN;
        if (isUnknown) {
            point.unknown();
        } else {
            point.value(value);
        }
        long ticket = point.offer();
        while (ticket == Publisher.BACK_PRESSURED) {
            waitForRoom();
            ticket = point.offer();
        }
        keep(ticket, series, versions, version);
    }

    void withdraw(final Series series, final SeriesVersions versions, final int version) {
        final PointEncoder point = point(series, versions, version, versions.knownUntilNs(version));
        long ticket = point.withdraw();
        while (ticket == Publisher.BACK_PRESSURED) {
            waitForRoom();
            ticket = point.withdraw();
        }
        keep(ticket, series, versions, version);
    }

    private PointEncoder point(
            final Series series, final SeriesVersions versions, final int version, final long knownAtNs) {
        return publisher
                .point(series)
                .validAt(versions.validTimeNs(version))
                .knownAt(knownAtNs)
                .reference(versions.reference(version));
    }

    private void keep(final long ticket, final Series series, final SeriesVersions versions, final int version) {
        final int place = (int) (offeredCount++ & LENGTH - 1);
        tickets[place] = ticket;
        seriesOf[place] = series;
        final int first = place * FIELDS;
        fields[first] = versions.validTimeNs(version);
        fields[first + 1] = versions.value(version);
        fields[first + 2] = versions.knownAtNs(version);
        fields[first + 3] = versions.knownUntilNs(version);
        fields[first + 4] = versions.reference(version);
        fields[first + 5] = versions.rowNumber(version);
        if (offeredCount - settledCount == LENGTH) {
            settleHalf();
        }
    }

    private void waitForRoom() {
        settleHalf();
        // A full queue without outstanding versions is full of points of others.
        Thread.yield();
    }

    /** Returns true if some more versions can be offered without waiting for the engine. */
    boolean hasRoom() {
        final long outstanding = offeredCount - settledCount;
        if (outstanding < LENGTH / 2) {
            return true;
        }
        final long middle = tickets[(int) (settledCount + outstanding / 2 & LENGTH - 1)];
        if (middle < 0 || engine.isApplied(middle)) {
            settleHalf();
            return true;
        }
        return false;
    }

    private void settleHalf() {
        final long until = settledCount + (offeredCount - settledCount + 1) / 2;
        while (settledCount < until) {
            settle((int) (settledCount++ & LENGTH - 1));
        }
    }

    /** Waits for all outcomes. */
    void settleAll() {
        while (settledCount < offeredCount) {
            settle((int) (settledCount++ & LENGTH - 1));
        }
    }

    private void settle(final int place) {
        final long ticket = tickets[place];
        if (ticket < 0) {
            refuse(place, Publisher.describe(ticket));
            return;
        }
        final Outcome outcome = engine.awaitOutcome(ticket);
        if (outcome.type() == Outcome.Type.UNCHANGED) {
            unchangedCount++;
        } else if (outcome.type() == Outcome.Type.REFUSED) {
            refuse(place, outcome.reason().orElseThrow().name());
        }
    }

    private void refuse(final int place, final String reason) {
        refusedCount++;
        final Series series = seriesOf[place];
        final int first = place * FIELDS;
        rejects.refused(
                false,
                fields[first + 5],
                reason,
                "series=" + series.key() + " valid_time=" + Instants.format(fields[first]) + " known_at="
                        + Instants.format(fields[first + 2]) + ' ' + reason + expected(reason),
                text(series, first));
    }

    private static String expected(final String reason) {
        return switch (reason) {
            case "KNOWLEDGE_DECREASES" ->
                ", expected no earlier time than the last knowledge time of the series; load history into a new"
                        + " series";
            case "NO_SUCH_POINT" -> ", expected a point to withdraw at known_until; its own row may have been refused";
            case "DUPLICATE" -> ", expected one point at an instant of this series";
            case "SERIES_CLOSED" -> ", expected a time before the end of the life of the series";
            default -> "";
        };
    }

    private String text(final Series series, final int first) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RowWriter writer = new CsvRowWriter(bytes, VersionTable.COLUMNS)) {
            VersionTable.write(
                    writer,
                    series.definition(),
                    fields[first],
                    fields[first + 1],
                    fields[first + 2],
                    fields[first + 3],
                    fields[first + 4]);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final String table = bytes.toString(StandardCharsets.UTF_8);
        return table.substring(table.indexOf('\n') + 1, table.length() - 1);
    }
}
