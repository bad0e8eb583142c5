package io.tollgate.examples.directory;

import io.tollgate.api.admin.Backup;
import io.tollgate.core.EngineContext;
import io.tollgate.core.directory.DirectoryBackup;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The verified copy of a data directory that {@code backup} and {@code restore} make.
 *
 * @param source data directory.
 * @param target missing or empty, and outside the source.
 */
record CheckedCopy(Path source, Path target) {
    /**
     * Makes the copy and prints its contents.
     *
     * @throws IllegalStateException if the source is not a data directory or is damaged, or if the target is not free.
     */
    void make(final PrintWriter out) {
        final Backup backup;
        try {
            backup = DirectoryBackup.make(new EngineContext().directory(source), target);
        } catch (final IllegalArgumentException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        out.println("copied " + source + " to " + target);
        out.println("  holds     series=" + backup.seriesCount());
        out.println("  up to     lastSequence=" + backup.lastSequence());
        out.println(String.format(
                Locale.ROOT, "  took      %.3f s", (double) backup.durationNs() / TimeUnit.SECONDS.toNanos(1)));
        out.flush();
    }
}
