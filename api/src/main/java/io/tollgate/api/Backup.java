package io.tollgate.api;

import java.nio.file.Path;
import java.util.List;

/**
 * A copy of a data directory, whole and closed cleanly: a data directory itself, to be opened, or to be copied to where
 * it is to live.
 *
 * @param directory     of the copy.
 * @param lastSequences the last operation of the log that it includes, one for each shard: all that was applied when it
 *                      was begun is in it, of a batch all or nothing.
 * @param seriesCount   series that it holds.
 * @param durationNs    how long it took to make.
 */
public record Backup(Path directory, List<Long> lastSequences, long seriesCount, long durationNs) {
    /**
     * Copies the list.
     *
     * @param directory     of the copy.
     * @param lastSequences the last operation of the log that it includes, one for each shard.
     * @param seriesCount   series that it holds.
     * @param durationNs    how long it took to make.
     */
    public Backup {
        lastSequences = List.copyOf(lastSequences);
    }
}
