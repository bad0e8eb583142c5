package io.tollgate.examples.directory;

import io.tollgate.core.config.OpeningProgress;
import io.tollgate.examples.terminal.StatusLine;
import java.util.Locale;

/** Shows the progress of a rebuild from the log on one line of a terminal. */
final class RebuildProgress implements OpeningProgress {
    private static final int ALL = 100;

    private final StatusLine line;

    RebuildProgress(final StatusLine line) {
        this.line = line;
    }

    @Override
    public void onProgress(final long sequence, final long lastSequence) {
        line.show(String.format(
                Locale.ROOT, "%d of %d operations, %d %%", sequence, lastSequence, ALL * sequence / lastSequence));
    }
}
