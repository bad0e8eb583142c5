package io.tollgate.core.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.SyncFailedException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.BufferUtil;

/**
 * The file system of the operating system.
 *
 * <p>Any thread may use an instance. An interrupt during a read, a channel write or the creation of a mapping causes a
 * {@code ClosedByInterruptException}. An interrupt does not affect writes to a mapping, or the force of a file opened
 * for writing. The force of a directory is repeated after an interrupt.
 */
public final class SystemFileAccess implements FileAccess {
    private final FilePermissions audience;

    /** Creates the access; only the owner may read new files. */
    public SystemFileAccess() {
        this(FilePermissions.OWNER);
    }

    /**
     * Creates the access.
     *
     * @param audience the read permissions of new files.
     */
    public SystemFileAccess(final FilePermissions audience) {
        this.audience = audience;
    }

    @Override
    public FilePermissions audience() {
        return audience;
    }

    /** {@inheritDoc} The file gets the permissions of this access, if the file system supports permissions. */
    @Override
    public DataFile create(final Path file) throws IOException {
        Files.createFile(file, audience.file());
        return writable(file);
    }

    @Override
    public DataFile openForRead(final Path file) throws IOException {
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new ChannelFile(file, channel, () -> channel.force(true));
    }

    @Override
    public DataFile openForWrite(final Path file) throws IOException {
        // The check also fails if the file is missing, because opening it would create it. A link may lead to a file of
        // another owner.
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new IOException("file=" + file + ": found a link, or no file, expected a file of its own");
        }
        return writable(file);
    }

    /**
     * The file is written and forced through the same descriptor: the operating system may not report an earlier write
     * error to a descriptor opened later. The force does not use a channel, because an interrupt would close the
     * channel and hide the result of the disk.
     */
    private static DataFile writable(final Path path) throws IOException {
        final RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        return new ChannelFile(path, file.getChannel(), () -> {
            try {
                file.getFD().sync();
            } catch (final SyncFailedException e) {
                throw new IOException("file=" + path + ": cannot be forced; check the disk", e);
            }
        });
    }

    /** {@inheritDoc} The directory gets the permissions of this access, if the file system supports permissions. */
    @Override
    public void createDirectory(final Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory, audience.directory());
        }
    }

    @Override
    public void createPublicDirectory(final Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory);
        }
    }

    @Override
    public void rename(final Path file, final Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public List<Path> list(final Path directory) throws IOException {
        return FileTree.entries(directory, FileTree.ALL);
    }

    @Override
    public void delete(final Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException {
        Uninterruptibles.call(() -> {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
            return directory;
        });
    }

    @Override
    public void forceMapped(final Path file, final Forcing forcing) throws IOException {
        forcing.force();
    }

    @Override
    public long usableBytes(final Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /** A file with a channel, and a mapping after {@link #map}. */
    private static final class ChannelFile implements DataFile {
        private static final int PIECE_LENGTH = 1 << 19;

        private final Path path;
        private final FileChannel channel;
        private final Forcing forcing;
        private MappedByteBuffer mapping;

        ChannelFile(final Path path, final FileChannel channel, final Forcing forcing) {
            this.path = path;
            this.channel = channel;
            this.forcing = forcing;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(final ByteBuffer target, final long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public int write(final ByteBuffer source, final long position) throws IOException {
            return channel.write(source, position);
        }

        @Override
        public MappedByteBuffer map(final long length) throws IOException {
            mapping = channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
            return mapping;
        }

        @Override
        public void force() throws IOException {
            if (mapping == null) {
                forcing.force();
                return;
            }
            try {
                mapping.force();
            } catch (final UncheckedIOException e) {
                throw e.getCause();
            }
        }

        /**
         * {@inheritDoc} The mapping ends first. While a page is mapped, writing it to disk interrupts the processors
         * that run other threads.
         */
        @Override
        public void forceAndClose(final BooleanSupplier rest) throws IOException {
            try (this) {
                BufferUtil.free(mapping);
                mapping = null;
                forcePieces(rest);
                forcing.force();
            }
        }

        /**
         * Forces pieces through a separate mapping, because a channel cannot force a part of a file. The mapping has
         * its own channel, because an interrupt would close the channel of the writer.
         */
        private void forcePieces(final BooleanSupplier rest) throws IOException {
            final MappedByteBuffer beside = rest.getAsBoolean() ? mapBeside() : null;
            if (beside == null) {
                return;
            }
            try {
                int from = 0;
                do {
                    beside.force(from, Math.min(PIECE_LENGTH, beside.capacity() - from));
                    from += PIECE_LENGTH;
                } while (from < beside.capacity() && rest.getAsBoolean());
            } catch (final UncheckedIOException e) {
                throw e.getCause();
            } finally {
                BufferUtil.free(beside);
            }
        }

        /** Returns null if the file is empty or cannot be mapped. The whole rest is then forced at once. */
        private MappedByteBuffer mapBeside() {
            try (FileChannel beside = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                final long size = beside.size();
                return size == 0 ? null : beside.map(FileChannel.MapMode.READ_WRITE, 0, size);
            } catch (final IOException e) {
                return null;
            }
        }

        @Override
        public void close() throws IOException {
            BufferUtil.free(mapping);
            mapping = null;
            channel.close();
        }
    }
}
