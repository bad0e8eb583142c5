package io.tollgate.core.store.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.faults.FilePages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagePrefaultTest {
    private static final int KILOBYTE = 1 << 10;
    private static final int MEGABYTE = 1 << 20;

    @Test
    void shouldTouchAnEighthOfTheUsedMemoryAndNoPageTwice() {
        final PagePrefault touch = new PagePrefault(address(new UnsafeBuffer(direct(64 * MEGABYTE))), 64 * MEGABYTE);

        assertEquals(1, roundsOf(touch, 0), "64 KiB before the first use");
        assertEquals(0, roundsOf(touch, 0), "no use since");
        assertEquals(64, roundsOf(touch, 32 * MEGABYTE), "4 MiB, 64 KiB at a time");
        assertEquals(0, roundsOf(touch, 32 * MEGABYTE), "no more is used");
        assertEquals(18, roundsOf(touch, 33 * MEGABYTE), "as much as was used since, and an eighth of it");
    }

    private static int roundsOf(final PagePrefault touch, final long used) {
        int rounds = 0;
        while (touch.ahead(used)) {
            rounds++;
        }
        return rounds;
    }

    @Test
    void shouldStayInsideTheMemory() {
        final int length = 10 * 4096 + 8;
        final UnsafeBuffer memory = new UnsafeBuffer(direct(length + 8));
        memory.setMemory(0, length + 8, (byte) -1);
        final PagePrefault touch = new PagePrefault(address(memory), length);

        assertTrue(touch.ahead(length - 16));
        assertFalse(touch.ahead(length));
        assertFalse(touch.ahead(length + 100));
        for (int i = 0; i < length + 8; i++) {
            assertEquals(-1, memory.getByte(i), "index=" + i);
        }
    }

    @Test
    void shouldLoseNothingThatAnotherThreadWritesMeanwhile() throws InterruptedException {
        final int length = MEGABYTE;
        final UnsafeBuffer memory = new UnsafeBuffer(direct(length));
        final Thread writer = new Thread(() -> {
            for (int round = 1; round <= 200; round++) {
                for (int page = 0; page < length; page += 4096) {
                    memory.putLong(page, round);
                    assertEquals(round, memory.getLong(page));
                }
            }
        });
        final boolean[] hasFailed = new boolean[1];
        writer.setUncaughtExceptionHandler((thread, e) -> hasFailed[0] = true);

        writer.start();
        while (writer.isAlive()) {
            new PagePrefault(address(memory), length).ahead(length / 2);
            new PagePrefault(address(memory), length).ahead(0);
        }
        writer.join();

        assertFalse(hasFailed[0]);
        for (int page = 0; page < length; page += 4096) {
            assertEquals(200, memory.getLong(page), "page=" + page);
        }
    }

    /** The operating system has allocated as many pages of an empty mapped file as were touched. */
    @Test
    void shouldHavePagesGiven(@TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("memory");
        final int length = 8 * MEGABYTE;
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
            final PagePrefault touch = new PagePrefault(address(new UnsafeBuffer(memory)), length);
            assertEquals(0, FilePages.residentBytes(file));
            assertTrue(touch.ahead(0));
            requireResident(64 * KILOBYTE, file, "64 KiB before the first use");
            assertEquals(8, roundsOf(touch, 4 * MEGABYTE));
            requireResident((64 + 512) * KILOBYTE, file, "an eighth of the used memory");
            IoUtil.unmap(memory);
        }
    }

    private static void requireResident(final long least, final Path file, final String what) throws IOException {
        final long bytes = FilePages.residentBytes(file);
        assertTrue(bytes >= least, what + ", found bytes=" + bytes);
    }

    private static ByteBuffer direct(final int length) {
        return BufferUtil.allocateDirectAligned(length, 4096);
    }

    private static long address(final UnsafeBuffer memory) {
        return memory.addressOffset();
    }
}
