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
 * A small area of memory, zero at first, that is a file or belongs to nobody but this process.
 *
 * <p>A file is written full of zeros and forced before it gets its name, and only then mapped: it is never sparse, and
 * there is no file of another length than it was made with, whenever the process or the machine stops.
 *
 * <p>Any thread may use the buffer, under whatever rules the owner of the area sets; opening, forcing and closing are
 * for control threads. Nobody touches the buffer after {@link #close()}.
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
     * Opens the area that is the given file, or makes that file, full of zeros, where there is none.
     *
     * @param files to make and force it through
     * @param file the file; its directory exists
     * @param length the length of the area in bytes, above 0
     * @return the area, mapped
     * @throws IllegalArgumentException if the length is not above 0
     * @throws IllegalStateException if the file exists with another length
     * @throws UncheckedIOException if the file cannot be made or mapped; no new file is left behind
     *     but where the thread was interrupted meanwhile
     */
    public static MappedArea persisted(final FileAccess files, final Path file, final int length) {
        checkLength(length);
        try {
            return foundOrMade(files, file, length);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + " length=" + length + ": cannot be made or mapped", e);
        }
    }

    /** Whoever opens it is told whether it is there: what only cannot be opened just then is not made anew. */
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
        // A link may lead to a file of somebody else's.
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            requireLength(file, channel.size(), length);
            final MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
            return new MappedArea(memory, () -> force(files, file, memory), created);
        }
    }

    /**
     * Opens the area that is the given file for reading only: the process ends where it is written to.
     *
     * @param file the file
     * @param length the length of the area in bytes, above 0
     * @return the area, mapped
     * @throws IllegalArgumentException if the length is not above 0
     * @throws IllegalStateException if there is no such file, or one of another length
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
     * Makes the area that is the given file, full of zeros, in the place of one that is there.
     *
     * @param files to make and force it through
     * @param file the file; its directory exists
     * @param length the length of the area in bytes, above 0
     * @return the area, mapped
     * @throws IllegalArgumentException if the length is not above 0
     * @throws UncheckedIOException if the file cannot be replaced, made or mapped
     */
    public static MappedArea replaced(final FileAccess files, final Path file, final int length) {
        try {
            files.delete(file);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be replaced", e);
        }
        return persisted(files, file, length);
    }

    /**
     * Makes an area of memory outside the heap, without a file.
     *
     * @param length the length of the area in bytes, above 0
     * @return the area, zero
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
        // There is no disk, or nobody may write.
    }

    /**
     * Returns the buffer over the whole area.
     *
     * @return the same buffer at every call; its capacity is 0 once the area is closed
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Tells whether the area began its life here, all zero, or was found as a file.
     *
     * @return true if nobody has written to it before
     */
    public boolean isNew() {
        return created;
    }

    /**
     * Writes what was changed to the disk, and returns when it is there. Does nothing without a file, or once closed.
     *
     * @throws UncheckedIOException if the disk fails
     */
    public void force() {
        if (!closed) {
            forcing.run();
        }
    }

    /**
     * Gives the memory back; the file stays. A second call does nothing, unless the first one has thrown.
     */
    @Override
    public void close() {
        if (!closed) {
            buffer.wrap(0, 0);
            BufferUtil.free(memory);
            closed = true;
        }
    }
}
