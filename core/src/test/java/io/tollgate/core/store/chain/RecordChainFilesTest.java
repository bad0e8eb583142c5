package io.tollgate.core.store.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.chronicle.LongKey;
import io.tollgate.core.store.chronicle.MemoryValue;
import io.tollgate.core.store.memory.MappedArea;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.openhft.chronicle.map.ExternalMapQueryContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordChainFilesTest {
    /** The length of an area that is an entry of its own. */
    private static final int LENGTH = 1 << 16;

    private static final int SIZE = 25;

    @TempDir
    private Path directory;

    @BeforeEach
    void fill() {
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, 10)) {
            for (long i = 0; i < SIZE; i++) {
                new UnsafeBuffer(chain.address(chain.append()), LENGTH).putLong(0, i + 1);
            }
        }
    }

    private Set<String> fileNames() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private String refusal() {
        return assertThrows(
                        IllegalStateException.class,
                        () -> RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, 10))
                .getMessage();
    }

    @Test
    void shouldNameItsFiles() throws IOException {
        assertEquals(Set.of("records-0.map", "records-0.numbers", "records-1.map", "records-1.numbers"), fileNames());
    }

    @Test
    void shouldRefuseAnotherValueLength() {
        final String message = assertThrows(
                        IllegalStateException.class,
                        () -> RecordChain.persisted(new SystemFileAccess(), directory, "records", 2 * LENGTH, 10))
                .getMessage();
        assertTrue(message.contains("found valueLength=65536, expected valueLength=131072"), message);
    }

    @Test
    void shouldRefuseAnotherCapacity() {
        final String message = assertThrows(
                        IllegalStateException.class,
                        () -> RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, 20))
                .getMessage();
        assertTrue(message.contains("found capacity=10, expected capacity=20"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 77, 'found magic='",
        "8, 2, 'found version=2, expected version=1'",
        "16, 5, 'found mapIndex=5, expected mapIndex=1'",
        "48, 4096, 'found mapLength=4096, expected mapLength='"
    })
    void shouldRefuseATableThatDoesNotFit(final int offset, final long value, final String expected) {
        try (MappedArea table =
                MappedArea.persisted(new SystemFileAccess(), directory.resolve("records-1.numbers"), 64 + 8 * 20)) {
            if (offset == NumberTableDescriptor.VERSION_OFFSET || offset == NumberTableDescriptor.MAP_INDEX_OFFSET) {
                table.buffer().putInt(offset, (int) value);
            } else {
                table.buffer().putLong(offset, value);
            }
        }
        final String message = refusal();
        assertTrue(message.contains(expected), message);
        assertTrue(message.contains("records-1.numbers") && message.contains("same page size"), message);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8, 63, 64, 100})
    void shouldRefuseATruncatedTable(final long length) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("records-1.numbers").toFile(), "rw")) {
            file.setLength(length);
        }
        final String message = refusal();
        assertTrue(message.contains("found length=" + length + ", expected length=" + (64 + 8 * 20)), message);
    }

    @ParameterizedTest
    @CsvSource({"records-1.map, records-1.numbers", "records-1.numbers, records-1.map"})
    void shouldRefuseAMapOrATableWithoutTheOtherAndRemoveNeither(final String missing, final String left)
            throws IOException {
        Files.delete(directory.resolve(missing));
        final String message = refusal();
        assertTrue(message.startsWith("file=" + directory.resolve(missing) + ": found none"), message);
        assertTrue(Files.exists(directory.resolve(left)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "records-2.numbers", "records-2.numbers.new"})
    void shouldRemoveAMapThatWasNotFinished(final String also) throws IOException {
        final Path unfinished = Files.write(directory.resolve("records-2.map.new"), new byte[100]);
        if (!also.isEmpty()) {
            Files.write(directory.resolve(also), new byte[64 + 8 * 40]);
        }
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, 10)) {
            assertEquals(SIZE, chain.size());
            assertTrue(Files.notExists(unfinished));
            chain.prepareNext();
            assertEquals(10 + 20 + 40, chain.capacity());
            for (int i = SIZE; i < 70; i++) {
                assertEquals(i, chain.append());
            }
        }
    }

    @Test
    void shouldLeaveNoFileBehindAndStayUsableWhenTheNextMapCannotBeMade() throws IOException {
        final Path obstacle = Files.createDirectories(directory.resolve("records-2.numbers.new/full"));
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, 10)) {
            final Set<String> before = fileNames();
            assertThrows(UncheckedIOException.class, chain::prepareNext);
            assertEquals(before, fileNames());
            for (int i = SIZE; i < 30; i++) {
                assertEquals(i, chain.append());
            }
            assertThrows(UncheckedIOException.class, chain::append);
            assertEquals(30, chain.size());
            Files.delete(obstacle);
            Files.delete(obstacle.getParent());
            assertEquals(30, chain.append());
        }
    }

    @Test
    void shouldLeaveNoFileBehindWhenTheDirectoryIsMissing() {
        final Path missing = directory.resolve("missing");
        final String message = assertThrows(
                        UncheckedIOException.class,
                        () -> RecordChain.persisted(new SystemFileAccess(), missing, "records", LENGTH, 10))
                .getMessage();
        assertTrue(message.contains(missing.toString()), message);
        assertTrue(Files.notExists(missing));
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "-8, 10", "12, 10", "64, 0", "64, -1", "64, 1048577"})
    void shouldRefuseNonsense(final int valueLength, final long firstMapEntries) {
        final String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> RecordChain.anonymous("records", valueLength, firstMapEntries))
                .getMessage();
        assertTrue(message.matches("(valueLength|firstMapEntries)=-?\\d+, expected .*"), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {LENGTH / 2, LENGTH})
    void shouldAppendAfterAProcessWasKilledInsideAPut(final int length) throws IOException {
        final Path killed = Files.createDirectory(directory.resolve("killed"));
        final Path copy = Files.createDirectory(directory.resolve("copy"));
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), killed, "records", length, 10)) {
            for (long i = 0; i < 10; i++) {
                new UnsafeBuffer(chain.address(chain.append()), length).putLong(length - 8, i + 1);
            }
            chain.prepareNext();
        }
        try (MapChain<LongKey> chain = new MapChain<>(
                new FileBacking(new SystemFileAccess(), new ChainFiles(killed, "records")),
                new RecordShape(length),
                10)) {
            final var map = chain.writable(1).map();
            final MemoryValue value = new MemoryValue(new RecordShape(length).entryLength());
            map.acquireUsing(new LongKey().number(10), value);
            new UnsafeBuffer(value.address(), (int) value.maxSize()).setMemory(0, (int) value.maxSize(), (byte) -1);
            try (ExternalMapQueryContext<LongKey, MemoryValue, ?> context =
                    map.queryContext(new LongKey().number(10))) {
                context.writeLock().lock();
                for (final String name : List.of("records-0", "records-1")) {
                    Files.copy(killed.resolve(name + ".map"), copy.resolve(name + ".map"));
                    Files.copy(killed.resolve(name + ".numbers"), copy.resolve(name + ".numbers"));
                }
            }
        }
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> requireIntact(copy, length));
    }

    /** Requires a chain of ten areas, to which areas can be appended. */
    private static void requireIntact(final Path directory, final int length) {
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "records", length, 10)) {
            assertEquals(10, chain.size());
            for (long i = 10; i < 100; i++) {
                assertEquals(i, chain.append());
                final UnsafeBuffer area = new UnsafeBuffer(chain.address(i), length);
                for (int at = 0; at < length; at++) {
                    assertEquals(0, area.getByte(at), "number=" + i + " at=" + at);
                }
                area.setMemory(0, length, (byte) i);
            }
            for (long i = 0; i < 10; i++) {
                assertEquals(i + 1, new UnsafeBuffer(chain.address(i), length).getLong(length - 8));
            }
        }
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "records", length, 10)) {
            assertEquals(100, chain.size());
            for (long i = 10; i < 100; i++) {
                assertEquals((byte) i, new UnsafeBuffer(chain.address(i), length).getByte(length - 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {192, 1_088, 4_928})
    void shouldContinueWithAnEntryThatWasNotFull(final int length) {
        for (long size = 0; size < 40; size++) {
            try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "parts", length, 3)) {
                assertEquals(size, chain.size());
                for (long i = 0; i < size; i++) {
                    assertEquals(~i, new UnsafeBuffer(chain.address(i), length).getLong(length - 8), "number=" + i);
                }
                final UnsafeBuffer area = new UnsafeBuffer(chain.address(chain.append()), length);
                assertEquals(0, area.getLong(0));
                assertEquals(0, area.getLong(length - 8));
                area.putLong(length - 8, ~size);
            }
        }
    }

    @Test
    void shouldNeverMakeASparseFile() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/stat")), "stat reports the blocks of a file");
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "wide", 4_096, 1_000)) {
            for (final String suffix : List.of("map", "numbers")) {
                final Path file = directory.resolve("wide-0." + suffix);
                final Process stat = new ProcessBuilder("/usr/bin/stat", "-c", "%b", file.toString()).start();
                final String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertEquals(0, stat.waitFor());
                final long allocated = Long.parseLong(blocks.strip()) * 512;
                assertTrue(allocated >= Files.size(file), file + " allocated=" + allocated);
            }
            assertEquals(0, chain.size());
        }
    }
}
