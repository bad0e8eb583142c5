package io.tollgate.core.store.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.chronicle.MemoryValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import net.openhft.chronicle.map.ExternalMapQueryContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameMapTest {
    private static final List<String> ODD_NAMES = List.of(
            "a",
            "tariff.US.CN.85411000.ieepa-reciprocal",
            "with space, comma: colon",
            "\u00e9\u00e8.\u00df",
            "e\u0301",
            "\u4e0a\u6d77.\u5173\u7a0e",
            "\ud83d\ude00.\ud83c\uddfa\ud83c\uddf8",
            "\u0000\u0001\u007f\u0080\u07ff\u0800\uffff",
            "\ufeffbom",
            "x".repeat(127),
            "x".repeat(128),
            "\u00e9".repeat(64),
            "\ud83d\ude00".repeat(32));

    @TempDir
    private Path directory;

    private static List<String> randomNames(final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final Set<String> names = new LinkedHashSet<>(ODD_NAMES);
        while (names.size() < count) {
            final StringBuilder name = new StringBuilder();
            final int length = 1 + random.nextInt(32);
            for (int i = 0; i < length; i++) {
                name.appendCodePoint(
                        random.nextInt(4) == 0 ? 0xe000 + random.nextInt(0x4000) : 'a' + random.nextInt(26));
            }
            names.add(name.toString());
        }
        return new ArrayList<>(names);
    }

    private static void check(final NameMap map, final List<String> names, final String context) {
        assertEquals(names.size(), map.size(), context);
        for (int i = 0; i < names.size(); i++) {
            assertEquals(i, map.find(names.get(i)), context + " name=" + names.get(i));
            assertEquals(names.get(i), map.keyOf(i), context);
            assertEquals(NameMap.ABSENT, map.find(names.get(i) + '!'), context);
        }
    }

    @Test
    void shouldFindNumbersByNamesAndNamesByNumbersOverSeveralMapsAndAfterOpeningAgain() {
        final long seed = 731L;
        final List<String> names = randomNames(5_000, seed);
        try (NameMap map = NameMap.persisted(new SystemFileAccess(), directory, "names", 100)) {
            for (int i = 0; i < names.size(); i++) {
                map.put(names.get(i), i);
            }
            check(map, names, "seed=" + seed);
            assertTrue(map.capacity() > names.size());
            map.force();
        }
        try (NameMap map = NameMap.persisted(new SystemFileAccess(), directory, "names", 100)) {
            check(map, names, "opened again, seed=" + seed);
            map.put("one more", names.size());
            assertEquals(names.size(), map.find("one more"));
        }
    }

    @Test
    void shouldMoveOnToTheNextMapWhenLongNamesUseUpItsBytesBeforeItsEntries() {
        try (NameMap map = NameMap.anonymous("names", 64)) {
            final List<String> names = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                names.add("%0128d".formatted(i));
                map.put(names.get(i), i);
            }
            check(map, names, "long names");
            assertTrue(map.capacity() >= 64 + 128 + 256, "capacity=" + map.capacity());
        }
    }

    @Test
    void shouldFillAMapOfShortNamesToItsLastEntry() {
        try (NameMap map = NameMap.anonymous("names", 64)) {
            for (int i = 0; i < 64; i++) {
                map.put("n" + i, i);
            }
            assertEquals(64, map.capacity());
            assertTrue(map.growthDue());
            map.prepareNext();
            assertFalse(map.growthDue());
            assertEquals(64 + 128, map.capacity());
            map.put("n64", 64);
            assertEquals(0, map.stalls());
        }
    }

    @Test
    void shouldCountTheChunksThatChronicleTakes() {
        for (int length = 1; length <= NameShape.MAX_NAME_LENGTH; length++) {
            try (MapChain<byte[]> chain = new MapChain<>(new AnonymousBacking("names"), new NameShape(), 64)) {
                final MemoryValue value = new MemoryValue(Long.BYTES);
                chain.writable(1).map().acquireUsing(new byte[length], value);
                final var map = chain.writable(1).map();
                assertEquals(
                        NameShape.chunks(length) * map.chunkSize,
                        map.segmentStats()[0].usedBytes(),
                        "length=" + length);
                assertEquals(0, value.address() % 8, "length=" + length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\ud83d", "\ude00\ud83d", "a\ud83db"})
    void shouldKnowAndTakeNoNameThatIsNoText(final String name) {
        refused(name);
    }

    @Test
    void shouldKnowAndTakeNoNameAboveItsLength() {
        refused("x".repeat(129));
        refused("\u00e9".repeat(65));
        refused("x".repeat(1_000_000));
    }

    private static void refused(final String name) {
        try (NameMap map = NameMap.anonymous("names", 8)) {
            assertEquals(NameMap.ABSENT, map.find(name));
            final String message = assertThrows(IllegalArgumentException.class, () -> map.put(name, 0))
                    .getMessage();
            assertTrue(message.endsWith("expected 1..128 bytes of UTF-8"), message);
            assertEquals(0, map.size());
        }
    }

    @Test
    void shouldRefuseANameThatHasANumberAndANumberThatIsNotTheNext() {
        try (NameMap map = NameMap.anonymous("names", 8)) {
            map.put("a", 0);
            assertEquals(
                    "key=a, expected a new key, but it has number=0",
                    assertThrows(IllegalArgumentException.class, () -> map.put("a", 1))
                            .getMessage());
            assertEquals(
                    "key=b number=2, expected number=1",
                    assertThrows(IllegalArgumentException.class, () -> map.put("b", 2))
                            .getMessage());
            assertEquals(NameMap.ABSENT, map.find("b"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, 4, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40})
    void shouldRefuseTheNameOfANumberItWasNotGiven(final long number) {
        try (NameMap map = NameMap.anonymous("names", 1)) {
            for (int i = 0; i < 3; i++) {
                map.put("n" + i, i);
            }
            assertEquals(
                    "number=" + number + ", expected 0..2",
                    assertThrows(IllegalArgumentException.class, () -> map.keyOf(number))
                            .getMessage());
        }
    }

    @Test
    void shouldRefuseAllCallsOnceClosed() {
        final NameMap map = NameMap.anonymous("names", 8);
        map.put("a", 0);
        map.close();
        map.close();
        assertEquals(
                "chain=names is closed",
                assertThrows(IllegalStateException.class, () -> map.find("a")).getMessage());
        assertThrows(IllegalStateException.class, () -> map.keyOf(0));
        assertThrows(IllegalStateException.class, () -> map.put("b", 1));
        assertThrows(IllegalStateException.class, map::prepareNext);
    }

    @Test
    void shouldNotBeMisledByAnEntryOfAKilledProcess() throws IOException {
        final Path copy = Files.createDirectory(directory.resolve("copy"));
        try (NameMap map = NameMap.persisted(new SystemFileAccess(), directory, "names", 8)) {
            map.put("zero", 0);
        }
        try (MapChain<byte[]> chain = new MapChain<>(
                new FileBacking(new SystemFileAccess(), new ChainFiles(directory, "names")), new NameShape(), 8)) {
            final var map = chain.writable(1).map();
            final byte[] orphan = "orphan".getBytes(StandardCharsets.UTF_8);
            final MemoryValue value = new MemoryValue(Long.BYTES);
            map.acquireUsing(orphan, value);
            new UnsafeBuffer(value.address(), Long.BYTES).putLong(0, 1);
            try (ExternalMapQueryContext<byte[], MemoryValue, ?> context = map.queryContext(orphan)) {
                context.writeLock().lock();
                Files.copy(directory.resolve("names-0.map"), copy.resolve("names-0.map"));
                Files.copy(directory.resolve("names-0.numbers"), copy.resolve("names-0.numbers"));
            }
        }
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try (NameMap map = NameMap.persisted(new SystemFileAccess(), copy, "names", 8)) {
                assertEquals(NameMap.ABSENT, map.find("orphan"));
                map.put("one", 1);
                assertEquals(NameMap.ABSENT, map.find("orphan"));
                map.put("orphan", 2);
                check(map, List.of("zero", "one", "orphan"), "after the kill");
            }
        });
    }

    @Test
    void shouldFindFromOtherThreadsWhileTheWriterPuts() throws InterruptedException {
        final int count = 5_000;
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        try (NameMap map = NameMap.anonymous("names", 64)) {
            final Thread reader = new Thread(() -> {
                for (long size = 0; size < count; size = map.size()) {
                    if (size > 0) {
                        final long number = size - 1;
                        assertEquals("series." + number, map.keyOf(number));
                        assertEquals(number, map.find("series." + number));
                        assertEquals(NameMap.ABSENT, map.find("series.none"));
                    }
                    if (map.growthDue()) {
                        map.prepareNext();
                    }
                }
            });
            reader.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
            reader.start();
            for (int i = 0; i < count; i++) {
                map.put("series." + i, i);
            }
            reader.join();
            assertEquals(null, failure.get());
        }
    }
}
