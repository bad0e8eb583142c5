package io.tollgate.data;

import io.tollgate.api.Engine;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.data.table.RowReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The series of a load: those of the file of series, and others as their rows define them. One thread at a time. */
final class LoadedSeries {
    static final String UNREADABLE = "UNREADABLE";
    static final String OTHER_DEFINITION = "OTHER_DEFINITION";

    private final Engine engine;
    private final Optional<SeriesDefinition> template;
    private final RejectHandler rejects;
    private final Map<String, SeriesTable.Entry> entries = new LinkedHashMap<>();
    private final Map<String, Series> series = new HashMap<>();
    /** Keys of predecessors whose end is not loaded yet, by the key of the successor. */
    private final Map<String, String> predecessors = new HashMap<>();

    private final Set<String> closed = new HashSet<>();
    private boolean hasFile;
    private long refusedCount;

    LoadedSeries(final Engine engine, final Optional<SeriesDefinition> template, final RejectHandler rejects) {
        this.engine = engine;
        this.template = template;
        this.rejects = rejects;
    }

    /** Defines all series of a file of series that the engine does not have yet. */
    void define(final RowReader file) throws IOException {
        SeriesTable.requireColumns(file);
        hasFile = true;
        final List<SeriesDefinition> definitions = new ArrayList<>();
        while (file.next()) {
            try {
                final SeriesTable.Entry entry = SeriesTable.parse(file);
                requireNew(entry);
                requireSame(entry.definition());
                entries.put(entry.definition().key(), entry);
                definitions.add(entry.definition());
                if (!entry.successor().isEmpty()) {
                    predecessors.put(entry.successor(), entry.definition().key());
                }
            } catch (final IllegalArgumentException e) {
                final String reason = e instanceof OtherDefinitionException ? OTHER_DEFINITION : UNREADABLE;
                refuse(file.rowNumber(), reason, e.getMessage(), file.rowText());
            }
        }
        engine.series().define(definitions).forEach(defined -> series.put(defined.key(), defined));
    }

    private void requireNew(final SeriesTable.Entry entry) {
        final SeriesTable.Entry before = entries.get(entry.definition().key());
        if (before != null) {
            throw new IllegalArgumentException("series=" + entry.definition().key() + " is there twice, expected"
                    + " one row for each series; the first is row " + before.rowNumber());
        }
    }

    /** Thrown if the engine has a series with another definition. */
    private static final class OtherDefinitionException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        OtherDefinitionException(final SeriesDefinition wanted, final SeriesDefinition found) {
            super("series=" + wanted + ", expected " + found.withWindows() + " as in the engine");
        }
    }

    private void requireSame(final SeriesDefinition wanted) {
        final SeriesDefinition found =
                engine.series().find(wanted.key()).map(Series::definition).orElse(wanted);
        if (found.identity() != wanted.identity() || !found.policies().equals(wanted.policies())) {
            throw new OtherDefinitionException(wanted, found);
        }
    }

    /**
     * Returns the series of the current row, and defines it if it is new.
     *
     * @throws IllegalArgumentException if the row names no series that can be loaded; the message says why.
     */
    Series require(final VersionColumns columns) {
        final String key = columns.key();
        final Series known = series.get(key);
        if (known != null) {
            return known;
        }
        if (hasFile) {
            throw new IllegalArgumentException(
                    "series=" + key + " is not in the file of series, or was refused there; expected its row there");
        }
        final Series defined = engine.series()
                .find(key)
                .orElseGet(() -> engine.series()
                        .define(List.of(columns.definition(template)))
                        .get(0));
        series.put(key, defined);
        return defined;
    }

    /** {@return the row of the file of series, empty if there is none} */
    Optional<SeriesTable.Entry> entry(final String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** {@return true if a series must not be closed yet, because another one still has to name it as its successor} */
    boolean isAwaited(final String key) {
        return predecessors.containsKey(key);
    }

    /** {@return the keys of the series whose end is in the file but not loaded} */
    List<String> open() {
        return entries.values().stream()
                .filter(SeriesTable.Entry::isClosed)
                .map(entry -> entry.definition().key())
                .filter(key -> !isClosed(key))
                .toList();
    }

    boolean isClosed(final String key) {
        return closed.contains(key);
    }

    /**
     * Ends the life of a series.
     *
     * @return the key of its successor, which can be closed from now on; empty if there is none.
     */
    String close(final String key) {
        final SeriesTable.Entry entry = entries.get(key);
        closed.add(key);
        LifeEnd end = LifeEnd.at(entry.lifeEndNs()).knownAt(entry.endKnownAtNs());
        try {
            if (!entry.successor().isEmpty()) {
                end = end.followedBy(engine.series()
                        .find(entry.successor())
                        .orElseThrow(() -> new IllegalArgumentException("series=" + key + " successor="
                                + entry.successor() + ", expected a series of the engine or of this file")));
            }
            engine.series().close(series.get(key), end);
        } catch (final IllegalArgumentException | IllegalStateException e) {
            refuse(
                    entry.rowNumber(),
                    "NOT_CLOSED",
                    e.getMessage(),
                    entry.definition().key());
        }
        predecessors.remove(entry.successor());
        return entry.successor();
    }

    private void refuse(final long rowNumber, final String reason, final String message, final String rowText) {
        refusedCount++;
        rejects.refused(true, rowNumber, reason, message, rowText);
    }

    long refusedCount() {
        return refusedCount;
    }

    int count() {
        return series.size();
    }
}
