package io.tollgate.core.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.BufferUtil;

/**
 * The files of the operating system.
 *
 * <p>Stateless: any thread may use an instance. A thread that is interrupted while it reads or writes, or forces a file
 * that is not mapped, gets a {@code ClosedByInterruptException}; mappings and {@link LogFile#forceAndClose()} are not
 * touched by it.
 */
public final class SystemFileAccess implements FileAccess {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** Makes the access. */
    public SystemFileAccess() {}

    /** {@inheritDoc} Its owner alone may read and write it, where the file system can say so. */
    @Override
    public LogFile create(final Path file) throws IOException {
        final boolean isPosix =
                file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return new ChannelFile(
                file,
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        isPosix ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0]));
    }

    @Override
    public LogFile openForRead(final Path file) throws IOException {
        return open(file, StandardOpenOption.READ);
    }

    @Override
    public LogFile openForWrite(final Path file) throws IOException {
        return open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static LogFile open(final Path file, final OpenOption... options) throws IOException {
        return new ChannelFile(file, FileChannel.open(file, options));
    }

    @Override
    public void rename(final Path file, final Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public List<Path> list(final Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    @Override
    public void delete(final Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long usableBytes(final Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /** A file behind a channel, and its mapping once there is one. */
    private static final class ChannelFile implements LogFile {
        private final Path path;
        private final FileChannel channel;
        private MappedByteBuffer mapping;

        ChannelFile(final Path path, final FileChannel channel) {
            this.path = path;
            this.channel = channel;
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
                channel.force(true);
                return;
            }
            try {
                mapping.force();
            } catch (final UncheckedIOException e) {
                throw e.getCause();
            }
        }

        /**
         * {@inheritDoc} The mapping ends first: while a page is mapped, each page that goes to the disk interrupts the
         * processors that run other threads.
         */
        @Override
        public void forceAndClose() throws IOException {
            boolean isInterrupted = false;
            try (this) {
                BufferUtil.free(mapping);
                mapping = null;
                isInterrupted = !forceUninterrupted(channel);
                while (isInterrupted && !forceAgain()) {
                    // Interrupted once more.
                }
            } finally {
                if (isInterrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /** Forces the file through another channel, as an interrupt has closed the first; false if it did so again. */
        private boolean forceAgain() throws IOException {
            try (FileChannel again = FileChannel.open(path, StandardOpenOption.WRITE)) {
                return forceUninterrupted(again);
            }
        }

        private static boolean forceUninterrupted(final FileChannel channel) throws IOException {
            try {
                channel.force(true);
                return true;
            } catch (final ClosedByInterruptException e) {
                Thread.interrupted();
                return false;
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
