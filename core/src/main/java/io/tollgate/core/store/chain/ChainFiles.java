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
 * @param directory that they lie in
 * @param name the name of the chain, the beginning of its file names
 */
public record ChainFiles(Path directory, String name) {
    /** The header of a store, beside its chains. */
    public static final String HEADER_FILE = "header";

    static final String MAP_SUFFIX = ".map";
    static final String NUMBERS_SUFFIX = ".numbers";

    /** No map is longer: the most entries that one has, of the longest values. Nor is what is said of subscriptions. */
    static final long MAX_MAP_LENGTH = 1L << 35;

    /** No table is longer, and no header. */
    private static final long MAX_TABLE_LENGTH = Integer.MAX_VALUE;

    /**
     * Tells whether a file of a store can have a length; where it cannot, nobody goes through all of it.
     *
     * @param fileName the name of the file
     * @param length the length in bytes
     * @return false beyond what any file of its kind takes
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

    /** The entries of the first map of the chain, as its table says; empty where there is none that can be so. */
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

    /** The length of a table. A table that is there has its own length, so that its header tells what is wrong. */
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
