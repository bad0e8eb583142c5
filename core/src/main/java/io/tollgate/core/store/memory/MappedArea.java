package io.tollgate.core.store.memory;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileContents;
import io.tollgate.core.file.Zeros;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A small area of memory: a mapped file, or private memory of this process. A new area is filled with zeros.
 *
 * <p>A new file is filled with zeros and forced under a temporary name. Then it is renamed and mapped. It is therefore
 * never sparse and never has a wrong length, even if the process or the machine stops.
 *
 * <p>Any thread may use the buffer, under the rules of the area's owner. Control threads open, force and close the
 * area. The buffer must not be used after {@link #close()}.
 */
public final class MappedArea implements AutoCloseable {
    private final ByteBuffer memory;
    private final UnsafeBuffer buffer;
    private final Runnable forcing;
    private final boolean created;
    private boolean closed;

    private MappedArea(final ByteBuffer memory, final Runnable forcing, final boolean created) {
        this.memory = memory;
        this.buffer = new UnsafeBuffer(memory);
        this.forcing = forcing;
        this.created = created;
    }

    /**
     * Maps the given file. If it does not exist, it is created and filled with zeros.
     *
     * @param files to create and force it with
     * @param file the file; its directory exists
     * @param length the length of the area in bytes, above 0
     * @return the mapped area
     * @throws IllegalArgumentException if the length is not above 0
     * @throws IllegalStateException if the file exists with another length
     * @throws UncheckedIOException if the file cannot be created or mapped. A new file remains if it was renamed before
     *     the failure, for example if an interrupt prevents the mapping
     */
    public static MappedArea persisted(final FileAccess files, final Path file, final int length) {
        checkLength(length);
        try {
            return foundOrMade(files, file, length);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + " length=" + length + ": cannot be made or mapped", e);
        }
    }

    /**
     * The file is created only after a {@link NoSuchFileException}. A file that is only temporarily unreadable is
     * therefore not recreated.
     */
    private static MappedArea foundOrMade(final FileAccess files, final Path file, final int length)
            throws IOException {
        try {
            return map(files, file, length, false);
        } catch (final NoSuchFileException e) {
            FileContents.write(files, file, made -> Zeros.write(made, 0, length));
            return map(files, file, length, true);
        }
    }

    private static MappedArea map(final FileAccess files, final Path file, final int length, final boolean created)
            throws IOException {
        // A symbolic link may lead to a file outside the data directory.
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            requireLength(file, channel.size(), length);
            final MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
            return new MappedArea(memory, () -> force(files, file, memory), created);
        }
    }

    /**
     * Maps the given file read-only. A write to the area crashes the process.
     *
     * @param file the file
     * @param length the length of the area in bytes, above 0
     * @return the mapped area
     * @throws IllegalArgumentException if the length is not above 0
     * @throws IllegalStateException if the file does not exist or has another length
     * @throws UncheckedIOException if the file cannot be mapped
     */
    public static MappedArea readOnly(final Path file, final int length) {
        checkLength(length);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            requireLength(file, channel.size(), length);
            return new MappedArea(channel.map(FileChannel.MapMode.READ_ONLY, 0, length), MappedArea::nothing, false);
        } catch (final NoSuchFileException e) {
            throw new DirectoryDamagedException("file=" + file + ": found none, expected length=" + length, file, e);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + " length=" + length + ": cannot be mapped", e);
        }
    }

    private static void requireLength(final Path file, final long found, final int length) {
        if (found != length) {
            throw new DirectoryDamagedException(
                    "file=" + file + ": found length=" + found + ", expected length=" + length
                            + "; restore the file, or remove it to begin anew",
                    file);
        }
    }

    /**
     * Creates the given file and fills it with zeros. Replaces an existing file.
     *
     * @param files to create and force it with
     * @param file the file; its directory exists
     * @param length the length of the area in bytes, above 0
     * @return the mapped area
     * @throws IllegalArgumentException if the length is not above 0
     * @throws UncheckedIOException if the file cannot be replaced, created or mapped
     */
    public static MappedArea replaced(final FileAccess files, final Path file, final int length) {
        try {
            files.delete(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "file=" + file + ": cannot be replaced; check the disk and the permissions", e);
        }
        return persisted(files, file, length);
    }

    /**
     * Creates an area of memory outside the heap, without a file.
     *
     * @param length the length of the area in bytes, above 0
     * @return the area, filled with zeros
     * @throws IllegalArgumentException if the length is not above 0
     */
    public static MappedArea anonymous(final int length) {
        checkLength(length);
        return new MappedArea(ByteBuffer.allocateDirect(length), MappedArea::nothing, true);
    }

    private static void checkLength(final int length) {
        if (length <= 0) {
            throw new IllegalArgumentException("length=" + length + ", expected above 0");
        }
    }

    private static void force(final FileAccess files, final Path file, final MappedByteBuffer memory) {
        try {
            files.forceMapped(file, () -> force(memory));
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": could not be forced; check the disk", e);
        }
    }

    private static void force(final MappedByteBuffer memory) throws IOException {
        try {
            memory.force();
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void nothing() {
        // The area has no file, or is read-only.
    }

    /**
     * Returns the buffer over the whole area.
     *
     * @return the same buffer at every call; its capacity is 0 after {@link #close()}
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Returns true if the area is new and was filled with zeros.
     *
     * @return false if its file existed before
     */
    public boolean isNew() {
        return created;
    }

    /**
     * Forces changes to disk. Has no effect if the area has no file or is closed.
     *
     * @throws UncheckedIOException if the disk fails
     */
    public void force() {
        if (!closed) {
            forcing.run();
        }
    }

    /** Releases the memory. The file remains. A second call has no effect, unless the first call threw. */
    @Override
    public void close() {
        if (!closed) {
            buffer.wrap(0, 0);
            BufferUtil.free(memory);
            closed = true;
        }
    }
}
