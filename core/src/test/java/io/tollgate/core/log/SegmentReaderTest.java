package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.ProcessMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader frees its window at the end. Later reads through the window get no data. */
class SegmentReaderTest {
    private final FileAccess files = new SystemFileAccess();

    @TempDir
    private Path directory;

    private Path file(final int length) throws IOException {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return Files.write(directory.resolve("file-" + length), bytes);
    }

    @Test
    void shouldHaveNoByteOnceItIsClosed() throws IOException {
        final SegmentReader reader = new SegmentReader();
        try (DataFile file = files.openForRead(file(100))) {
            reader.wrap(file);
            final DirectBuffer buffer = reader.buffer();
            assertEquals(7, buffer.getByte(reader.offset(99, 1)));
            reader.close();
            assertEquals(0, buffer.capacity());
            assertThrows(IndexOutOfBoundsException.class, () -> buffer.getByte(99));
            assertEquals(0, reader.size());
            assertEquals(-1, reader.offset(0, 1));
            reader.close();
            reader.wrap(file);
            assertEquals(7, reader.buffer().getByte(reader.offset(0, 100)));
        }
        reader.close();
    }

    @Test
    void shouldReadALargerFileThroughALargerWindow() throws IOException {
        final long before = ProcessMemory.usedDirectBytes();
        try (SegmentReader reader = new SegmentReader();
                DataFile small = files.openForRead(file(10));
                DataFile large = files.openForRead(file(10_000))) {
            reader.wrap(small);
            assertEquals(0, reader.offset(0, 10));
            reader.wrap(large);
            assertEquals(10_000, reader.buffer().capacity());
            assertTrue(ProcessMemory.usedDirectBytes() - before <= 10_000, "the smaller window is still there");
            assertEquals(7, reader.buffer().getByte(reader.offset(9_999, 1)));
            reader.wrap(small);
            assertEquals(-1, reader.offset(0, 11));
            assertEquals(7, reader.buffer().getByte(reader.offset(9, 1)));
        }
        assertTrue(ProcessMemory.usedDirectBytes() <= before, "the window is still there");
    }

    /** The non-zero byte is before, at or after the end of the window, or among the last seven bytes. */
    @Test
    void shouldSkipZerosUpToTheNextByte() throws IOException {
        final int window = 2 * FrameDescriptor.MAX_LENGTH;
        final int length = 2 * window + 12;
        for (final int place :
                new int[] {0, 7, 8, 100, 4_103, 4_104, 8_200, window - 9, window, 2 * window, length - 1, length}) {
            final byte[] bytes = new byte[length + 1];
            bytes[place] = 1;
            final Path path = Files.write(directory.resolve("zeros"), Arrays.copyOf(bytes, length));
            try (SegmentReader reader = new SegmentReader();
                    DataFile file = files.openForRead(path)) {
                reader.wrap(file);
                final int expected = place == length ? length + Integer.BYTES : place & -Long.BYTES;
                assertEquals(expected, zerosEnd(reader), "place=" + place);
            }
        }
    }

    @Test
    void shouldGoOverAllZerosOfTheWindowAtOnce() throws IOException {
        final int window = 2 * FrameDescriptor.MAX_LENGTH;
        final Path path = Files.write(directory.resolve("zeros"), new byte[window + 100]);
        try (SegmentReader reader = new SegmentReader();
                DataFile file = files.openForRead(path)) {
            reader.wrap(file);
            assertEquals(FrameState.ZERO, reader.frameAt(0));
            assertEquals(window, reader.zerosEnd(0));
        }
    }

    private static long zerosEnd(final SegmentReader reader) throws IOException {
        long position = 0;
        while (position < reader.size() && reader.frameAt(position) == FrameState.ZERO) {
            position = reader.zerosEnd(position);
        }
        return position;
    }
}
