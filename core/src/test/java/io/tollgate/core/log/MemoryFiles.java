package io.tollgate.core.log;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of a log in memory, to be replayed after every damage that can be done to them. */
final class MemoryFiles implements FileAccess {
    final Map<Path, byte[]> contents = new TreeMap<>();

    static MemoryFiles copyOf(final List<Path> files) throws IOException {
        final MemoryFiles copy = new MemoryFiles();
        for (final Path file : files) {
            copy.contents.put(file, Files.readAllBytes(file));
        }
        return copy;
    }

    @Override
    public List<Path> list(final Path directory) {
        return List.copyOf(contents.keySet());
    }

    @Override
    public DataFile openForRead(final Path file) throws IOException {
        final byte[] bytes = contents.get(file);
        if (bytes == null) {
            throw new NoSuchFileException(file.toString());
        }
        return new MemoryFile(bytes);
    }

    @Override
    public DataFile create(final Path file) {
        throw new UnsupportedOperationException("create " + file);
    }

    @Override
    public DataFile openForWrite(final Path file) {
        throw new UnsupportedOperationException("openForWrite " + file);
    }

    @Override
    public void createDirectory(final Path directory) {
        throw new UnsupportedOperationException("createDirectory " + directory);
    }

    @Override
    public void createPublicDirectory(final Path directory) {
        throw new UnsupportedOperationException("createPublicDirectory " + directory);
    }

    @Override
    public void rename(final Path file, final Path target) {
        throw new UnsupportedOperationException("rename " + file);
    }

    @Override
    public void delete(final Path file) {
        throw new UnsupportedOperationException("delete " + file);
    }

    @Override
    public void forceDirectory(final Path directory) {
        throw new UnsupportedOperationException("forceDirectory " + directory);
    }

    @Override
    public void forceMapped(final Path file, final Forcing forcing) {
        throw new UnsupportedOperationException("forceMapped " + file);
    }

    @Override
    public long usableBytes(final Path directory) {
        throw new UnsupportedOperationException("usableBytes " + directory);
    }

    private record MemoryFile(byte[] bytes) implements DataFile {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(final ByteBuffer target, final long position) {
            final int length = (int) Math.min(target.remaining(), bytes.length - position);
            if (length <= 0) {
                return -1;
            }
            target.put(bytes, (int) position, length);
            return length;
        }

        @Override
        public int write(final ByteBuffer source, final long position) {
            throw new UnsupportedOperationException("write");
        }

        @Override
        public MappedByteBuffer map(final long length) {
            throw new UnsupportedOperationException("map");
        }

        @Override
        public void force() {
            throw new UnsupportedOperationException("force");
        }

        @Override
        public void close() {
            // memory has nothing to close
        }
    }
}
