package io.tollgate.data;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.data.table.RowReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Loads a file of versions into an engine: one series at a time, each in the order of its knowledge times, with
 * revisions, withdrawals and the ends of lives. The engine applies one series while the next one is read, so memory is
 * bounded by the two largest series. All rows of a series must be together in the file.
 *
 * <pre>{@code
 * VersionLoad load = new VersionLoad(engine, Optional.empty(), rejects);
 * load.define(seriesFile);
 * LoadReport report = load.load(versionsFile, rows -> {});
 * }</pre>
 *
 * <p>The engine may be in any clock mode, because each version brings its knowledge time; use
 * {@link ClockMode#KNOWLEDGE} if nothing else decides. The engine refuses a version that became known before the last
 * knowledge time of its series; so a dump with history is loaded into series without points. The refused rows are
 * passed to a handler, and the others are loaded.
 *
 * <p>A dump of all versions, loaded into an empty engine, gives the same dump again. If a point was withdrawn and
 * another one offered in its place at the same knowledge time, the dump does not tell this from a revision.
 *
 * <p>One thread at a time, that of the engine if it is stepped. A load loads one file.
 */
public final class VersionLoad {
    private static final int ROWS_BETWEEN_CALLS = 4_096;
    /** The engine is asked for room for many rows at once, because its answer is a cache line that it always writes. */
    private static final int ROWS_BETWEEN_OFFERS = 32;

    private static final int OPERATIONS_AT_A_TIME = 2 * ROWS_BETWEEN_OFFERS;

    private static final String NO_SERIES = "NO_SERIES";

    private final RejectHandler rejects;
    private final LoadedSeries all;
    private final OfferedVersions offered;
    /** The versions of the series that is read. */
    private SeriesVersions versions = new SeriesVersions();
    /** The versions of the series before, which are offered meanwhile. */
    private SeriesVersions replayed = new SeriesVersions();

    private Optional<SeriesReplay> replay = Optional.empty();
    private final Set<String> seen = new HashSet<>();
    /** Operations from the end of a series on that wait until its predecessor is loaded. */
    private final Map<String, List<Runnable>> waiting = new HashMap<>();

    private long rowCount;
    private long refusedCount;
    private String key = "";
    /** The series of the current key, empty if its rows are refused. */
    private Optional<Series> current = Optional.empty();

    private String refusal = "";

    /**
     * Creates a load.
     *
     * @param engine   receives the series and the versions.
     * @param template definition, except for the key, of new series of a file without the columns kind, unit and scale;
     *                 empty to refuse such rows.
     * @param rejects  receives refused rows.
     */
    public VersionLoad(final Engine engine, final Optional<SeriesDefinition> template, final RejectHandler rejects) {
        this.rejects = rejects;
        all = new LoadedSeries(engine, template, rejects);
        offered = new OfferedVersions(engine, rejects);
    }

    /**
     * Defines the series of a file of series, if the engine does not have them. Series that it has with another
     * definition are refused, with all their versions.
     *
     * @param file of series; it stays open.
     * @throws IOException              if the file cannot be read.
     * @throws IllegalArgumentException if it has other columns.
     * @throws IllegalStateException    if the engine refuses a definition because a limit is reached, the disk is full
     *                                  or the engine is closed. Some series may be defined.
     */
    public void define(final RowReader file) throws IOException {
        all.define(file);
    }

    /**
     * Loads a file of versions, and waits until all are applied.
     *
     * @param file     of versions, with the columns of {@link VersionTable} in any order; it stays open.
     * @param progress called from time to time with the number of rows read.
     * @return the number of rows.
     * @throws IOException           if the file cannot be read, or has other columns.
     * @throws IllegalStateException if the engine is closed or has failed.
     */
    public LoadReport load(final RowReader file, final LongConsumer progress) throws IOException {
        final VersionColumns columns = new VersionColumns(file);
        while (file.next()) {
            if (++rowCount % ROWS_BETWEEN_CALLS == 0) {
                progress.accept(rowCount);
            }
            try {
                take(file, columns);
            } catch (final IllegalArgumentException e) {
                refuse(file, LoadedSeries.UNREADABLE, e.getMessage());
            }
            if (rowCount % ROWS_BETWEEN_OFFERS == 0 && offered.hasRoom()) {
                for (int i = 0; i < OPERATIONS_AT_A_TIME && replay.isPresent(); i++) {
                    replayNext();
                }
            }
        }
        apply();
        replayAll();
        closeRest();
        offered.settleAll();
        return new LoadReport(
                all.count(),
                rowCount,
                offered.unchangedCount(),
                refusedCount + offered.refusedCount() + all.refusedCount());
    }

    private void take(final RowReader file, final VersionColumns columns) {
        if (!file.fault().isEmpty()) {
            throw new IllegalArgumentException(file.fault());
        }
        if (!columns.key().equals(key)) {
            apply();
            begin(columns);
        }
        if (current.isPresent()) {
            columns.addTo(versions, current.get());
        } else {
            refuse(file, NO_SERIES, refusal);
        }
    }

    private void refuse(final RowReader file, final String reason, final String message) {
        refusedCount++;
        rejects.refused(false, file.rowNumber(), reason, message, file.rowText());
    }

    private void begin(final VersionColumns columns) {
        key = columns.key();
        current = Optional.empty();
        if (!seen.add(key)) {
            refusal = "series=" + key + " comes again after another series, expected all its rows together; sort the"
                    + " file by series";
            return;
        }
        try {
            current = Optional.of(all.require(columns));
        } catch (final IllegalArgumentException e) {
            refusal = e.getMessage();
        }
    }

    /** Lets the versions of the current series be applied while the next one is read. */
    private void apply() {
        if (current.isEmpty()) {
            return;
        }
        replayAll();
        final SeriesVersions read = versions;
        versions = replayed;
        replayed = read;
        versions.clear();
        final Series series = current.get();
        final long closedAtNs =
                all.entry(key).map(SeriesTable.Entry::endKnownAtNs).orElse(Instants.NONE);
        replay = Optional.of(new SeriesReplay(
                replayed,
                series.definition().policies().duplicates(),
                closedAtNs,
                all.isAwaited(key) ? new Deferred(series) : new Immediate(series)));
        current = Optional.empty();
    }

    private void replayAll() {
        while (replay.isPresent()) {
            replayNext();
        }
    }

    private void replayNext() {
        if (!replay.get().next()) {
            replay = Optional.empty();
        }
    }

    private final class Immediate implements SeriesReplay.Operations {
        private final Series series;

        Immediate(final Series series) {
            this.series = series;
        }

        @Override
        public void offer(final int version, final long value) {
            offered.offer(series, replayed, version, value);
        }

        @Override
        public void withdraw(final int version) {
            offered.withdraw(series, replayed, version);
        }

        @Override
        public void close() {
            closeInTurn(series.key());
        }
    }

    /** Keeps the end of the life, and the few operations after it, until the predecessor is loaded. */
    private final class Deferred implements SeriesReplay.Operations {
        private final Series series;
        private final SeriesVersions kept = new SeriesVersions();
        private final List<Runnable> operations = new ArrayList<>();

        Deferred(final Series series) {
            this.series = series;
        }

        @Override
        public void offer(final int version, final long value) {
            if (operations.isEmpty()) {
                offered.offer(series, replayed, version, value);
            } else {
                final int copy = keep(version);
                operations.add(() -> offered.offer(series, kept, copy, value));
            }
        }

        @Override
        public void withdraw(final int version) {
            if (operations.isEmpty()) {
                offered.withdraw(series, replayed, version);
            } else {
                final int copy = keep(version);
                operations.add(() -> offered.withdraw(series, kept, copy));
            }
        }

        private int keep(final int version) {
            kept.add(
                    replayed.validTimeNs(version),
                    replayed.value(version),
                    replayed.knownAtNs(version),
                    replayed.knownUntilNs(version),
                    replayed.reference(version),
                    replayed.rowNumber(version));
            return kept.count() - 1;
        }

        @Override
        public void close() {
            operations.add(() -> closeInTurn(series.key()));
            waiting.put(series.key(), operations);
        }
    }

    /** Closes the series that had no versions, or whose predecessor was refused; predecessors first. */
    private void closeRest() {
        all.open().stream().filter(open -> !all.isAwaited(open)).forEach(this::closeRest);
        all.open().forEach(this::closeRest);
    }

    private void closeRest(final String open) {
        if (waiting.containsKey(open)) {
            release(open);
        } else if (!all.isClosed(open)) {
            closeInTurn(open);
        }
    }

    /** Closes a series, and then carries out what has waited for that. */
    private void closeInTurn(final String closing) {
        final String successor = all.close(closing);
        release(successor);
    }

    private void release(final String released) {
        final List<Runnable> operations = waiting.remove(released);
        if (operations != null) {
            operations.forEach(Runnable::run);
        }
    }
}
