package io.tollgate.api.admin;

import io.tollgate.api.text.DurationText;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A copy of a data directory, complete and closed cleanly. It can be opened as it is, or be moved first.
 *
 * @param directory    the directory of the copy.
 * @param lastSequence the last log operation in the copy. All operations applied before the backup began are included,
 *                     each batch completely or not at all.
 * @param seriesCount  the number of series.
 * @param durationNs   the time that the backup took, in ns.
 */
public record Backup(Path directory, long lastSequence, long seriesCount, long durationNs) {
    /**
     * Refuses null.
     *
     * @param directory    the directory of the copy.
     * @param lastSequence the last log operation in the copy.
     * @param seriesCount  the number of series.
     * @param durationNs   the time that the backup took, in ns.
     */
    public Backup {
        Objects.requireNonNull(directory, "directory");
    }

    /** {@return the backup in words} */
    @Override
    public String toString() {
        return directory + " up to operation " + lastSequence + ", " + seriesCount + " series, made in "
                + DurationText.inMilliseconds(durationNs);
    }
}
