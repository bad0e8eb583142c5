package io.tollgate.api.admin;

import io.tollgate.api.text.DurationText;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A copy of a data directory, whole and closed cleanly: a data directory itself, to be opened, or to be copied to where
 * it is to live.
 *
 * @param directory    of the copy.
 * @param lastSequence the last operation of the log that it includes: all that was applied when it was begun is in it,
 *                     of a batch all or nothing.
 * @param seriesCount  series that it holds.
 * @param durationNs   how long it took to make.
 */
public record Backup(Path directory, long lastSequence, long seriesCount, long durationNs) {
    /**
     * Refuses null.
     *
     * @param directory    of the copy.
     * @param lastSequence the last operation of the log that it includes: all that was applied when it was begun is in
     *     it,
     *        of a batch all or nothing.
     * @param seriesCount  series that it holds.
     * @param durationNs   how long it took to make.
     */
    public Backup {
        Objects.requireNonNull(directory, "directory");
    }

    /** {@return it in plain words} */
    @Override
    public String toString() {
        return directory + " up to operation " + lastSequence + ", " + seriesCount + " series, made in "
                + DurationText.inMilliseconds(durationNs);
    }
}
