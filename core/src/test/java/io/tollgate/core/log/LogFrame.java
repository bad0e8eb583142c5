package io.tollgate.core.log;

import io.tollgate.core.faults.FileDamage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A frame in the log of a data directory. */
record LogFrame(String file, int position, int length) {
    /** Returns all frames of a log in order. */
    static List<LogFrame> of(final Path data) throws IOException {
        final List<LogFrame> frames = new ArrayList<>();
        for (final Path file : segments(data)) {
            final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int position = SegmentDescriptor.HEADER_LENGTH;
            while (position < bytes.capacity() && bytes.getInt(position) != 0) {
                final int length = bytes.getInt(position + FrameDescriptor.LENGTH_OFFSET);
                frames.add(new LogFrame(file.getFileName().toString(), position, length));
                position += length;
            }
        }
        return frames;
    }

    private static List<Path> segments(final Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("log"))) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .sorted()
                    .toList();
        }
    }

    /** Keeps the first of these frames, and zeroes the log after them. */
    static void cut(final Path data, final List<LogFrame> frames, final int kept) throws IOException {
        for (final LogFrame frame : frames.subList(kept, frames.size())) {
            final Path file = frame.in(data);
            final byte[] bytes = Files.readAllBytes(file);
            Arrays.fill(bytes, frame.position, frame.position + frame.length, (byte) 0);
            if (frame.position == SegmentDescriptor.HEADER_LENGTH) {
                // The segment was only preallocated then.
                Arrays.fill(bytes, 0, SegmentDescriptor.HEADER_LENGTH, (byte) 0);
            }
            Files.write(file, bytes);
        }
    }

    /** Flips a bit of this frame. */
    void damage(final Path data) throws IOException {
        final Path file = in(data);
        FileDamage.flip(file, position + 40, 1);
    }

    private Path in(final Path data) {
        return data.resolve("log").resolve(file);
    }

    /** Copies a directory. */
    static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (final Path path : paths.toList()) {
                final Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
