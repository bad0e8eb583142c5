package io.tollgate.core.store.chain;

import io.tollgate.api.DirectoryDamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.agrona.BufferUtil;
import org.agrona.IoUtil;

/**
 * A file that is mapped for reading only, in windows, as it may be longer than one buffer can be. Each window goes on
 * into the next by the length of an entry, so that every entry lies whole in the window that it begins in.
 *
 * <p>Any thread asks for addresses. Nobody touches an address after {@link #close()}.
 */
final class FileWindows implements AutoCloseable {
    private static final int WINDOW_BITS = 30;

    private final MappedByteBuffer[] windows;
    private final long[] addresses;
    private final long length;
    private final int maxEntryLength;

    private FileWindows(final MappedByteBuffer[] windows, final long length, final int maxEntryLength) {
        this.windows = windows;
        this.length = length;
        this.maxEntryLength = maxEntryLength;
        addresses = new long[windows.length];
        for (int i = 0; i < windows.length; i++) {
            addresses[i] = BufferUtil.address((ByteBuffer) windows[i]);
        }
    }

    /**
     * Maps the beginning of a file.
     *
     * @param file           to map.
     * @param length         how much of it in bytes, above 0.
     * @param maxEntryLength of what will be read in one piece, in bytes.
     * @return the mapped file.
     * @throws IllegalStateException if the file is shorter.
     * @throws IOException           if it cannot be read.
     */
    static FileWindows map(final Path file, final long length, final int maxEntryLength) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (length <= 0 || channel.size() < length) {
                throw new DirectoryDamagedException(
                        "file=" + file + ": found length=" + channel.size() + ", expected length=" + length
                                + "; run recover, or restore the directory",
                        file);
            }
            final MappedByteBuffer[] windows = new MappedByteBuffer[(int) ((length - 1) >> WINDOW_BITS) + 1];
            try {
                for (int i = 0; i < windows.length; i++) {
                    final long offset = (long) i << WINDOW_BITS;
                    final long windowLength = Math.min(length - offset, (1L << WINDOW_BITS) + maxEntryLength);
                    windows[i] = channel.map(FileChannel.MapMode.READ_ONLY, offset, windowLength);
                }
            } catch (final IOException | RuntimeException | Error e) {
                unmap(windows);
                throw e;
            }
            return new FileWindows(windows, length, maxEntryLength);
        }
    }

    private static void unmap(final MappedByteBuffer[] windows) {
        for (int i = 0; i < windows.length; i++) {
            if (windows[i] != null) {
                IoUtil.unmap(windows[i]);
                windows[i] = null;
            }
        }
    }

    /**
     * Returns the address of a part of the file.
     *
     * @param offset      of the part in the file.
     * @param entryLength of the part in bytes, at most the length that was mapped for.
     * @return its address, 0 if the file has no such part.
     */
    long address(final long offset, final int entryLength) {
        final boolean isInside =
                offset > 0 && entryLength > 0 && entryLength <= maxEntryLength && offset <= length - entryLength;
        return isInside ? addresses[(int) (offset >> WINDOW_BITS)] + (offset & (1L << WINDOW_BITS) - 1) : 0;
    }

    @Override
    public void close() {
        Arrays.fill(addresses, 0);
        unmap(windows);
    }
}
