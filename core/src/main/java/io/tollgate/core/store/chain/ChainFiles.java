package io.tollgate.core.store.chain;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.file.FileProbe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The files of a chain: {@code <name>-<index>.map} and {@code <name>-<index>.numbers}.
 *
 * @param directory of the files
 * @param name the name of the chain, the beginning of its file names
 */
public record ChainFiles(Path directory, String name) {
    /** The header of a store, beside its chains. */
    public static final String HEADER_FILE = "header";

    static final String MAP_SUFFIX = ".map";
    static final String NUMBERS_SUFFIX = ".numbers";

    /** The maximum length of a map, with the most entries and the longest values, and of the file of subscriptions. */
    static final long MAX_MAP_LENGTH = 1L << 35;

    /** The maximum length of a table or a header. */
    private static final long MAX_TABLE_LENGTH = Integer.MAX_VALUE;

    /**
     * Returns true if a file of a store can have a length. A file that is too long is not read.
     *
     * @param fileName the name of the file
     * @param length the length in bytes
     * @return false if it is longer than any file of its kind
     */
    public static boolean isPossible(final String fileName, final long length) {
        final boolean isSmall = fileName.endsWith(NUMBERS_SUFFIX) || fileName.equals(HEADER_FILE);
        return length >= 0 && length <= (isSmall ? MAX_TABLE_LENGTH : MAX_MAP_LENGTH);
    }

    Path map(final int index) {
        return directory.resolve(name + '-' + index + MAP_SUFFIX);
    }

    /** A map that is being made. */
    public Path unfinishedMap(final int index) {
        return directory.resolve(name + '-' + index + MAP_SUFFIX + ".new");
    }

    Path numbers(final int index) {
        return directory.resolve(name + '-' + index + NUMBERS_SUFFIX);
    }

    /** The capacity of the first map of the chain, by its table; empty if there is no valid table. */
    public OptionalInt firstCapacity() {
        final Path file = numbers(0);
        try (InputStream in = Files.newInputStream(file)) {
            final UnsafeBuffer start = new UnsafeBuffer(in.readNBytes(NumberTableDescriptor.HEADER_LENGTH));
            if (start.capacity() < NumberTableDescriptor.HEADER_LENGTH) {
                return OptionalInt.empty();
            }
            final long capacity = start.getLong(NumberTableDescriptor.CAPACITY_OFFSET);
            final boolean isPossible = capacity > 0
                    && capacity <= MapChain.MAX_MAP_ENTRIES
                    && NumberTableDescriptor.tableLength(capacity) == Files.size(file);
            return isPossible ? OptionalInt.of((int) capacity) : OptionalInt.empty();
        } catch (final NoSuchFileException e) {
            return OptionalInt.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    /** The length of a table. An existing table keeps its length, so that a check of its header finds the error. */
    int tableLength(final int index, final long capacity) {
        final Path file = numbers(index);
        final int expected = NumberTableDescriptor.tableLength(capacity);
        if (!FileProbe.isThere(file)) {
            return expected;
        }
        try {
            final long found = Files.size(file);
            if (found < NumberTableDescriptor.HEADER_LENGTH || found > Integer.MAX_VALUE) {
                throw new DirectoryDamagedException(
                        "file=" + file + ": found length=" + found + ", expected length=" + expected
                                + "; restore the file",
                        file);
            }
            return (int) found;
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }
}
