package io.tollgate.core.store;

import io.tollgate.core.file.OtherVersionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Whether this code can read a store that was closed cleanly. The version in its header stands for all layouts in it
 * but that of its subscriptions. A version that the store was not closed with is damage.
 */
public final class StoreVersions {
    private StoreVersions() {}

    /**
     * Makes sure that no other version has closed a store.
     *
     * @param directory of the shard, or of a checkpoint; there may be no store.
     * @throws IllegalStateException if one has, naming the header.
     * @throws UncheckedIOException  if that cannot be read.
     */
    public static void requireKnown(final Path directory) {
        final Path header = directory.resolve(StoreDirectory.HEADER_FILE);
        requireKnown(directory, header, ShardHeader.version(header).orElse(ShardHeader.VERSION), ShardHeader.VERSION);
    }

    /**
     * Makes sure that no other version has written what a store says of its subscriptions.
     *
     * @param directory of the shard, or of a checkpoint.
     * @param found     the version that the file says.
     * @param version   that is read.
     * @throws IllegalStateException if one has, naming the file.
     * @throws UncheckedIOException  if that cannot be read.
     */
    public static void requireKnownSubscriptions(final Path directory, final int found, final int version) {
        requireKnown(directory, StoreDirectory.subscriptions(directory), found, version);
    }

    private static void requireKnown(final Path directory, final Path file, final int found, final int version) {
        if (found != version && isAsClosed(directory, file.getFileName().toString())) {
            OtherVersionException.requireNone(file, found, version);
        }
    }

    private static boolean isAsClosed(final Path directory, final String name) {
        try {
            for (final StoreFile closed : StoreDirectory.closedFiles(directory)) {
                if (closed.name().equals(name)) {
                    return closed.firstDifference(directory, true) < 0;
                }
            }
            return false;
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + directory.resolve(name) + ": cannot be read", e);
        }
    }
}
