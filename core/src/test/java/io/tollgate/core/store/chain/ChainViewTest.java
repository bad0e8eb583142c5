package io.tollgate.core.store.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.memory.AreaTable;
import io.tollgate.core.store.memory.LongTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain as another process sees it while it grows from one map to the next. */
class ChainViewTest {
    /** The length of an area with an entry of its own, so that maps are as short as possible. */
    private static final int LENGTH = 1 << 16;

    private static final int ENTRIES = 200;

    @TempDir
    private Path directory;

    /** Records fill their maps by number. */
    @Test
    void shouldSeeEachRecordAsItIsMade() {
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "small", LENGTH, 1)) {
            chain.append();
            try (ChainView<AreaTable> counting = records();
                    ChainView<AreaTable> looking = records()) {
                for (int number = 1; number < ENTRIES; number++) {
                    assertEquals(number, chain.append());
                    assertEquals(number + 1, counting.refresh());
                    assertNotEquals(0, looking.search(number), "number=" + number);
                    assertEquals(0, looking.search(number + 1), "number=" + number);
                }
            }
        }
    }

    /** The word of the first area decides about all areas of an entry. The other words are not read. */
    @Test
    void shouldFindTheAreasOfAnEntryByTheWordOfTheFirst() throws IOException {
        final int length = 192;
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "short", length, 64)) {
            for (int number = 0; number < ENTRIES; number++) {
                new UnsafeBuffer(chain.address(chain.append()), length).putLong(0, number + 1);
            }
        }
        final Path table = directory.resolve("short-1.numbers");
        final byte[] whole = Files.readAllBytes(table);
        Arrays.fill(whole, NumberTableDescriptor.wordOffset(1), NumberTableDescriptor.wordOffset(64), (byte) -1);
        Arrays.fill(whole, NumberTableDescriptor.wordOffset(64), NumberTableDescriptor.wordOffset(65), (byte) 1);
        overwrite(table, whole);
        try (ChainView<AreaTable> view = ChainView.records(directory, "short", length, () -> false)) {
            for (int number = 0; number < ENTRIES; number++) {
                final boolean isLost = number >= 128 && number < 192;
                final long address = view.entries().get(number);
                assertEquals(isLost ? 0 : number + 1, isLost ? address : UnsafeApi.getLong(address));
            }
            assertEquals(0, view.search(ENTRIES));
        }
    }

    /** Long keys fill their maps by length, before their number reaches the capacity. */
    @Test
    void shouldSeeEachKeyAsItIsGiven() {
        try (NameMap names = NameMap.persisted(new SystemFileAccess(), directory, "names", 4);
                ChainView<LongTable> view = ChainView.names(directory, "names", () -> false)) {
            for (int number = 0; number < ENTRIES; number++) {
                names.put(key(number), number);
                assertEquals(number + 1, view.refresh());
                assertEquals(
                        key(number).length(), NameWord.length(view.entries().get(number)));
            }
        }
    }

    /** A preallocated map is visible to later views, and to all views once it is in use. */
    @Test
    void shouldSeeEntriesOfAPreallocatedMap() {
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "small", LENGTH, 2)) {
            chain.append();
            try (ChainView<AreaTable> before = records()) {
                chain.prepareNext();
                try (ChainView<AreaTable> after = records()) {
                    for (int number = 1; number < ENTRIES; number++) {
                        chain.append();
                        assertEquals(number + 1, before.refresh());
                        assertEquals(number + 1, after.refresh());
                    }
                }
            }
        }
    }

    /** Two new maps exist, and the second one is unreadable. The view takes neither until both are readable. */
    @Test
    void shouldSayTheSameOfADamagedMapEachTime() throws IOException {
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "small", LENGTH, 1)) {
            chain.append();
            try (ChainView<AreaTable> view = records()) {
                for (int number = 1; number < 5; number++) {
                    chain.append();
                }
                final Path table = directory.resolve("small-2.numbers");
                final byte[] whole = Files.readAllBytes(table);
                overwrite(table, new byte[NumberTableDescriptor.HEADER_LENGTH]);
                for (int i = 0; i < 3; i++) {
                    final String refusal = assertThrows(IllegalStateException.class, () -> view.search(1))
                            .getMessage();
                    assertTrue(refusal.contains("small-2.numbers"), refusal);
                    assertEquals(1, view.size());
                }
                overwrite(table, whole);
                assertNotEquals(0, view.search(1));
                assertEquals(5, view.refresh());
            }
        }
    }

    /** Preallocated files are missing or unfinished, and were never used. */
    @Test
    void shouldNotRequirePreallocatedFiles() throws IOException {
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "small", LENGTH, 2)) {
            chain.append();
            chain.prepareNext();
        }
        Files.delete(directory.resolve("small-1.numbers"));
        try (ChainView<AreaTable> view = records()) {
            assertEquals(1, view.size());
            assertEquals(0, view.search(1));
        }
    }

    private static void overwrite(final Path file, final byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), 0);
        }
    }

    private ChainView<AreaTable> records() {
        return ChainView.records(directory, "small", LENGTH, () -> false);
    }

    private static String key(final int number) {
        return number + "-" + "k".repeat(120);
    }
}
