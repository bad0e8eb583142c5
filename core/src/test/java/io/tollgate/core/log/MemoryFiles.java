package io.tollgate.core.log;

import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.file.DataFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of a log in memory, for replays after each kind of damage. */
final class MemoryFiles extends HookedFiles {
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
    public void before(final Call call, final Path file) {
        throw new UnsupportedOperationException(call + " " + file);
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
            // Memory needs no close.
        }
    }
}
