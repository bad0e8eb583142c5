package io.tollgate.api.admin;

import java.nio.file.Path;

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
public record Backup(Path directory, long lastSequence, long seriesCount, long durationNs) {}
