package io.tollgate.core.panel;

import io.tollgate.api.series.Status;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSet;

/** The status of the last read of an answer over a set of series. Used by one thread. */
abstract class PanelAnswer {
    private final LevelReader reader;
    private final LevelSet levels;
    private Status read = Status.UNREAD;

    PanelAnswer(final LevelReader reader, final LevelSet levels) {
        this.reader = reader;
        this.levels = levels;
    }

    /** Reads the set. The outcome is OK, CONTENDED or FORGOTTEN. */
    final void fill(final LevelReader.Attempt attempt) {
        read = reader.read(levels, attempt);
    }

    final LevelReader reader() {
        return reader;
    }

    final boolean isRead() {
        return read == Status.OK;
    }

    /** Returns OK, or the reason for which the set was not read. */
    final Status outcome() {
        return read;
    }
}
