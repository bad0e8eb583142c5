package io.tollgate.core.store.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.chronicle.LongKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordChainTest {
    private static final int LENGTH = 64;

    @TempDir
    private Path directory;

    private final UnsafeBuffer area = new UnsafeBuffer(0, 0);

    private UnsafeBuffer at(final RecordChain chain, final long number) {
        return at(chain, number, LENGTH);
    }

    private UnsafeBuffer at(final RecordChain chain, final long number, final int length) {
        area.wrap(chain.address(number), length);
        return area;
    }

    @Test
    void shouldNumberAreasDenselyAndGiveThemZeroed() {
        try (RecordChain chain = RecordChain.anonymous("records", LENGTH, 65)) {
            for (long number = 0; number < 500; number++) {
                assertEquals(number, chain.append());
                assertEquals(number + 1, chain.size());
                for (int i = 0; i < LENGTH; i++) {
                    assertEquals(0, at(chain, number).getByte(i), "number=" + number + " byte=" + i);
                }
                area.setMemory(0, LENGTH, (byte) -1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 10, 11, 1_023, 1_024, 1L << 32, 1L << 42, -1L << 32})
    void shouldHaveNoAddressForANumberItDidNotGive(final long number) {
        try (RecordChain chain = RecordChain.anonymous("records", LENGTH, 16)) {
            for (int i = 0; i < 10; i++) {
                chain.append();
            }
            assertEquals(0, chain.address(number));
        }
    }

    @Test
    void shouldKeepPlaceAndContentOfAMillionAreasWhileMapsAreAdded() {
        final int count = 1_000_000;
        final long[] addresses = new long[count];
        try (RecordChain chain = RecordChain.anonymous("records", LENGTH, 4_096)) {
            for (int i = 0; i < count; i++) {
                if (chain.growthDue()) {
                    chain.prepareNext();
                }
                final long number = chain.append();
                addresses[i] = chain.address(number);
                at(chain, number).putLong(0, ~number);
                area.putLong(LENGTH - 8, number * 31);
            }
            assertEquals(0, chain.stalls());
            assertTrue(chain.capacity() >= count);
            for (int i = 0; i < count; i++) {
                assertEquals(addresses[i], chain.address(i));
                assertEquals(~(long) i, at(chain, i).getLong(0));
                assertEquals(i * 31L, area.getLong(LENGTH - 8));
            }
        }
    }

    @Test
    void shouldGiveTheSameNumbersAndContentsWhenOpenedAgain() {
        final int count = 100_000;
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, 1_000)) {
            for (long i = 0; i < count; i++) {
                at(chain, chain.append()).putLong(8, i * i);
            }
            chain.force();
        }
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, 1_000)) {
            assertEquals(count, chain.size());
            for (long i = 0; i < count; i++) {
                assertEquals(i * i, at(chain, i).getLong(8), "number=" + i);
            }
            assertEquals(0, chain.address(count));
            assertEquals(count, chain.append());
            assertEquals(0, at(chain, count).getLong(8));
        }
    }

    @Test
    void shouldOpenAgainWithAMapThatWasPreparedAndNeverUsed() {
        final long capacity;
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, 60)) {
            chain.append();
            chain.prepareNext();
            capacity = chain.capacity();
            assertEquals(64 + 128, capacity);
        }
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, 60)) {
            assertEquals(capacity, chain.capacity());
            for (int i = 1; i < 192; i++) {
                assertEquals(i, chain.append());
            }
            assertEquals(0, chain.stalls());
        }
    }

    @Test
    void shouldFillEachMapToItsLastEntryAndThenMakeTheNextWithoutTakingAnotherTier() {
        try (RecordChain chain = RecordChain.anonymous("records", LENGTH, 7)) {
            for (int i = 0; i < 64; i++) {
                chain.append();
            }
            assertEquals(64, chain.capacity());
            assertEquals(0, chain.stalls());
            chain.append();
            assertEquals(64 + 128, chain.capacity());
            assertEquals(1, chain.stalls());
        }
    }

    @Test
    void shouldAskForTheNextMapAtSeventyPercentOfTheCurrentOneUntilItIsPrepared() {
        try (RecordChain chain = RecordChain.anonymous("records", LENGTH, 128)) {
            for (int i = 0; i < 89; i++) {
                chain.append();
                assertFalse(chain.growthDue(), "size=" + chain.size());
            }
            chain.append();
            assertTrue(chain.growthDue());
            chain.prepareNext();
            assertFalse(chain.growthDue());
            assertEquals(128 + 256, chain.capacity());
            chain.prepareNext();
            assertEquals(128 + 256, chain.capacity());
        }
    }

    @Test
    void shouldGrowFromAnotherThreadWhileTheWriterAppends() throws InterruptedException {
        final int count = 300_000;
        try (RecordChain chain = RecordChain.anonymous("records", LENGTH, 64)) {
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            final Thread background = new Thread(() -> {
                while (chain.size() < count) {
                    if (chain.growthDue()) {
                        chain.prepareNext();
                    }
                    Thread.onSpinWait();
                }
            });
            background.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
            background.start();
            for (long i = 0; i < count; i++) {
                at(chain, chain.append()).putLong(16, i);
            }
            background.join();
            assertEquals(null, failure.get());
            for (long i = 0; i < count; i++) {
                assertEquals(i, at(chain, i).getLong(16));
            }
        }
    }

    @Test
    void shouldNotTouchAnyOtherAreaOrKeyWhenAnAreaIsWrittenWhole() {
        final int count = 20_000;
        final long seed = 20_260_2569L;
        final SplittableRandom random = new SplittableRandom(seed);
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "records", 256, count)) {
            final byte[] last = new byte[count];
            for (int i = 0; i < count; i++) {
                chain.append();
            }
            for (int i = 0; i < 4 * count; i++) {
                final int number = random.nextInt(count);
                last[number] = (byte) random.nextInt();
                at(chain, number, 256).setMemory(0, 256, last[number]);
            }
            for (int i = 0; i < count; i++) {
                for (int offset = 0; offset < 256; offset++) {
                    assertEquals(last[i], at(chain, i, 256).getByte(offset), "seed=" + seed + " number=" + i);
                }
                assertEquals(0, chain.address(i) % 64);
            }
        }
        try (MapChain<LongKey> chain = new MapChain<>(
                new FileBacking(new SystemFileAccess(), new ChainFiles(directory, "records")),
                new RecordShape(256),
                new RecordShape(256).wholeEntries(count))) {
            final var map = chain.maps().get(0).map();
            assertEquals((count + 63) / 64, map.longSize());
            for (int i = 0; i < count; i += 64) {
                assertTrue(map.containsKey(new LongKey().number(i)), "seed=" + seed + " number=" + i);
            }
        }
    }

    @Test
    void shouldHaveNoAddressAndRefuseToAppendOnceClosed() {
        final RecordChain chain = RecordChain.anonymous("records", LENGTH, 16);
        chain.append();
        assertNotEquals(0, chain.address(0));
        chain.close();
        chain.close();
        assertEquals(0, chain.address(0));
        assertEquals(0, chain.bytes());
        assertFalse(chain.growthDue());
        assertEquals(
                "chain=records is closed",
                assertThrows(IllegalStateException.class, chain::append).getMessage());
        assertEquals(
                "chain=records is closed",
                assertThrows(IllegalStateException.class, chain::prepareNext).getMessage());
    }

    @Test
    void shouldReportTheBytesOfItsFiles() throws IOException {
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, 5_000)) {
            chain.prepareNext();
            final long onDisk;
            try (var files = Files.list(directory)) {
                onDisk = files.mapToLong(file -> file.toFile().length()).sum();
            }
            assertTrue(chain.bytes() > chain.capacity() * (LENGTH + 8), "bytes=" + chain.bytes());
            assertTrue(chain.bytes() <= onDisk, "bytes=" + chain.bytes() + " onDisk=" + onDisk);
            assertTrue(chain.bytes() > onDisk - 3 * 4_096, "bytes=" + chain.bytes() + " onDisk=" + onDisk);
        }
    }
}
