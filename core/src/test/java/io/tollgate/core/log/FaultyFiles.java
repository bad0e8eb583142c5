package io.tollgate.core.log;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** The system's files on a disk that fails where it is told to; it keeps the order of what was done to it. */
final class FaultyFiles implements FileAccess {
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile int maxTransferLength = Integer.MAX_VALUE;
    volatile long freeLength = Long.MAX_VALUE;
    volatile boolean isForceFailing;
    volatile boolean isDirectoryForceFailing;
    /** How many directories are forced before one fails alone. */
    volatile int directoryForcesBeforeFailure = Integer.MAX_VALUE;

    volatile boolean isReadFailing;
    volatile boolean isWriteStuck;
    volatile boolean isMemoryShort;
    private final FileAccess files = new SystemFileAccess();

    @Override
    public DataFile create(final Path file) throws IOException {
        calls.add("create " + file.getFileName());
        return new FaultyFile(file, files.create(file));
    }

    @Override
    public DataFile openForRead(final Path file) throws IOException {
        return new FaultyFile(file, files.openForRead(file));
    }

    @Override
    public DataFile openForWrite(final Path file) throws IOException {
        return new FaultyFile(file, files.openForWrite(file));
    }

    @Override
    public void createDirectory(final Path directory) throws IOException {
        files.createDirectory(directory);
    }

    @Override
    public void createPublicDirectory(final Path directory) throws IOException {
        files.createPublicDirectory(directory);
    }

    @Override
    public void rename(final Path file, final Path target) throws IOException {
        calls.add("rename " + target.getFileName());
        files.rename(file, target);
    }

    @Override
    public List<Path> list(final Path directory) throws IOException {
        return files.list(directory);
    }

    @Override
    public void delete(final Path file) throws IOException {
        files.delete(file);
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException {
        calls.add("forceDirectory");
        if (isDirectoryForceFailing || directoryForcesBeforeFailure-- == 0) {
            throw new IOException("Input/output error");
        }
        files.forceDirectory(directory);
    }

    @Override
    public void forceMapped(final Path file, final Forcing forcing) throws IOException {
        files.forceMapped(file, forcing);
    }

    @Override
    public long usableBytes(final Path directory) throws IOException {
        return files.usableBytes(directory);
    }

    private final class FaultyFile implements DataFile {
        private final Path path;
        private final DataFile file;

        FaultyFile(final Path path, final DataFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(final ByteBuffer target, final long position) throws IOException {
            if (isReadFailing) {
                throw new IOException("Input/output error");
            }
            return transfer(target, Integer.MAX_VALUE, part -> file.read(part, position));
        }

        @Override
        public int write(final ByteBuffer source, final long position) throws IOException {
            if (isMemoryShort) {
                throw new OutOfMemoryError("Cannot reserve 4096 bytes of direct buffer memory");
            }
            if (isWriteStuck) {
                return 0;
            }
            if (freeLength == 0) {
                throw new IOException("No space left on device");
            }
            final int written = transfer(source, freeLength, part -> file.write(part, position));
            freeLength -= written;
            return written;
        }

        private int transfer(final ByteBuffer buffer, final long free, final Transfer transfer) throws IOException {
            final int length = (int) Math.min(Math.min(buffer.remaining(), maxTransferLength), free);
            final int limit = buffer.limit();
            buffer.limit(buffer.position() + length);
            final int transferred = transfer.of(buffer);
            buffer.limit(limit);
            return transferred;
        }

        @Override
        public MappedByteBuffer map(final long length) throws IOException {
            calls.add("map " + path.getFileName());
            return file.map(length);
        }

        @Override
        public void force() throws IOException {
            beforeForce();
            file.force();
        }

        @Override
        public void forceAndClose(final BooleanSupplier rest) throws IOException {
            beforeForce();
            file.forceAndClose(rest);
        }

        private void beforeForce() throws IOException {
            calls.add("force " + path.getFileName());
            if (isForceFailing) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** A read or write of a part of a buffer. */
    @FunctionalInterface
    private interface Transfer {
        int of(ByteBuffer part) throws IOException;
    }
}
