package io.tollgate.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The file {@code open}: it says that the files of a store are all of it, though it is not closed, for as long as the
 * machine runs: it was opened or rebuilt to its end, and what was written since stands in the memory of the operating
 * system. It holds {@code bootId=...}. Who rebuilds a store takes the mark away first.
 */
final class OpenMark {
    private static final String FILE_NAME = "open";
    private static final String BOOT_ID = "bootId=";

    private OpenMark() {}

    /** Says so; nothing is forced, as it says nothing after another start of the machine. */
    static void write(final Path directory) {
        final Path file = directory.resolve(FILE_NAME);
        try {
            remove(directory);
            try (FileChannel channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file())) {
                final ByteBuffer text = StandardCharsets.US_ASCII.encode(BOOT_ID + BootId.current());
                while (text.hasRemaining()) {
                    channel.write(text);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be written", e);
        }
    }

    /** Whether it was said since the machine was started. */
    static boolean isThere(final Path directory) {
        final Path file = directory.resolve(FILE_NAME);
        final String bootId = BootId.current();
        try {
            return !bootId.equals(BootId.UNKNOWN)
                    && Files.readString(file, StandardCharsets.ISO_8859_1).equals(BOOT_ID + bootId);
        } catch (final NoSuchFileException e) {
            return false;
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    static void remove(final Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE_NAME));
    }
}
