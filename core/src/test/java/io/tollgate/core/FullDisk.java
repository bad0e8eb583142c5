package io.tollgate.core;

import io.tollgate.core.log.FileAccess;
import io.tollgate.core.log.LogFile;
import io.tollgate.core.log.SystemFileAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The system's files on a disk with room for so many log segments, which can be made to fail in other ways too. */
final class FullDisk implements FileAccess {
    static final String MESSAGE = "No space left on device";

    private final FileAccess files = new SystemFileAccess();
    private final AtomicInteger segmentsLeft;
    private volatile boolean isErrorThrown;
    private volatile boolean isForceFailing;
    private volatile Consumer<Path> forceListener = file -> {};

    FullDisk(final int segments) {
        segmentsLeft = new AtomicInteger(segments);
    }

    /** There is room again. */
    void makeRoom() {
        segmentsLeft.set(Integer.MAX_VALUE);
    }

    /** A full disk throws an {@link InternalError} instead of an {@link IOException}. */
    void throwErrors() {
        isErrorThrown = true;
    }

    void failForces(final boolean isFailing) {
        isForceFailing = isFailing;
    }

    /** Is told of each segment just before it is forced. */
    void onForce(final Consumer<Path> listener) {
        forceListener = listener;
    }

    @Override
    public LogFile create(final Path file) throws IOException {
        if (!file.getFileName().toString().startsWith("log-")) {
            return files.create(file);
        }
        if (segmentsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return files.create(file);
        }
        if (isErrorThrown) {
            throw new InternalError(MESSAGE);
        }
        throw new IOException(MESSAGE);
    }

    @Override
    public LogFile openForRead(final Path file) throws IOException {
        return files.openForRead(file);
    }

    @Override
    public LogFile openForWrite(final Path file) throws IOException {
        return new Segment(file, files.openForWrite(file));
    }

    @Override
    public void rename(final Path file, final Path target) throws IOException {
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
        files.forceDirectory(directory);
    }

    private final class Segment implements LogFile {
        private final Path path;
        private final LogFile file;

        Segment(final Path path, final LogFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(final ByteBuffer target, final long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int write(final ByteBuffer source, final long position) throws IOException {
            return file.write(source, position);
        }

        @Override
        public MappedByteBuffer map(final long length) throws IOException {
            return file.map(length);
        }

        @Override
        public void force() throws IOException {
            forceListener.accept(path);
            if (isForceFailing) {
                throw new IOException("Input/output error");
            }
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
