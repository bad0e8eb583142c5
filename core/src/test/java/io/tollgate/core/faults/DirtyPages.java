package io.tollgate.core.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.BufferUtil;

/**
 * The pages of a file that the operating system has not yet written to the disk, according to a mapping of the file.
 */
public final class DirtyPages {
    private static final int PAGE_LENGTH = 4_096;

    private DirtyPages() {}

    /** Returns true if the system reports which pages of files in a directory are on disk. */
    public static boolean areReported(final Path directory) throws IOException {
        if (!FilePages.areReported()) {
            return false;
        }
        final Path probe = Files.createTempFile(directory, "probe", "");
        try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(PAGE_LENGTH));
            final boolean isSeen = bytes(probe) > 0;
            channel.force(true);
            return isSeen && bytes(probe) == 0;
        } finally {
            Files.delete(probe);
        }
    }

    /** Returns the files of a directory whose contents are not completely on disk. */
    public static List<Path> filesIn(final Path directory) throws IOException {
        final List<Path> dirty = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (final Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (bytes(file) > 0) {
                    dirty.add(file);
                }
            }
        }
        return dirty;
    }

    private static long bytes(final Path file) throws IOException {
        final long length = Files.size(file);
        if (length == 0) {
            return 0;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final MappedByteBuffer mapping = channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
            try {
                int touched = 0;
                for (int i = 0; i < length; i += PAGE_LENGTH) {
                    touched |= mapping.get(i);
                }
                return touched == Integer.MIN_VALUE ? -1 : FilePages.dirtyBytes(file);
            } finally {
                BufferUtil.free(mapping);
            }
        }
    }
}
