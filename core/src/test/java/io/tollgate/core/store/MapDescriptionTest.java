package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapDescriptionTest {
    private static final int LENGTH = 64;
    private static final int ENTRIES = 10;
    private static final int HASH_LENGTH = 8;

    @TempDir
    private Path directory;

    @BeforeAll
    static void open() {
        JvmAccess.requireOpen();
    }

    @ParameterizedTest
    @CsvSource({
        "8, 1",
        "64, 10",
        "192, 4096",
        "320, 100000",
        "1088, 33",
        "4928, 7",
        "8192, 2",
        "16384, 50",
        "0, 1",
        "0, 10",
        "0, 65536",
        "0, 100000"
    })
    void shouldBeWhatChronicleWritesForAnyShape(final int valueLength, final long entries) {
        final MapShape<?> shape = valueLength == 0 ? new NameShape() : new RecordShape(valueLength);
        final Path file = directory.resolve("made-0.map.new");
        try (VanillaChronicleMap<?, ?, ?> map = new FileBacking(
                        new SystemFileAccess(), new ChainFiles(directory, "made"))
                .make(0, shape.builder(entries))) {
            final MapDescription description = MapDescription.of(shape.builder(entries));
            assertEquals(map.sizeInBytesWithoutTiers(), description.mapLength());
            description.check(file);
            assertTrue(description.isOf(file));
        }
    }

    @Test
    void shouldRefuseAChangeOfAnyByteOfIt() throws IOException {
        final Path file = chain();
        final byte[] whole = Files.readAllBytes(file);
        final int end = stateEnd(file);
        final MapDescription description = MapDescription.of(new RecordShape(LENGTH).builder(ENTRIES));
        description.check(file);
        final Path changed = directory.resolve("changed");
        for (int i = 0; i < end; i++) {
            final byte[] bytes = Arrays.copyOf(whole, whole.length);
            bytes[i] ^= 1;
            Files.write(changed, bytes);
            if (i >= HASH_LENGTH) {
                ForgedMap.rehash(changed);
            }
            assertFalse(description.isOf(changed), "position=" + i);
            assertEquals(
                    "file=" + changed + " position=" + i
                            + ": found a description that differs from there, expected that of a map of "
                            + description.mapLength() + " bytes as it is made here; open it on a machine like"
                            + " the one that made it, or restore it",
                    assertThrows(IllegalStateException.class, () -> description.check(changed))
                            .getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-4096, -1, 1, 4096})
    void shouldRefuseAFileOfAnotherLength(final int difference) throws IOException {
        final Path file = chain();
        final byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length + difference));
        assertFalse(MapDescription.of(new RecordShape(LENGTH).builder(ENTRIES)).isOf(file));
        final String message = refusal();
        assertTrue(
                message.contains("found length=" + (whole.length + difference) + ", expected length=" + whole.length),
                message);
    }

    /** Cut short within what it begins with, too. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 11, 12, 100})
    void shouldRefuseAPartOfIt(final int length) throws IOException {
        final Path file = chain();
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
        assertFalse(MapDescription.of(new RecordShape(LENGTH).builder(ENTRIES)).isOf(file));
        final String message = refusal();
        assertTrue(message.contains("found length=" + length + ", expected length="), message);
    }

    @Test
    void shouldNotTakeOneMapForAnother() throws IOException {
        final MapShape<?> shape = new RecordShape(LENGTH);
        final Path file = chain();
        for (final MapShape<?> other : List.of(new NameShape(), new RecordShape(LENGTH + Long.BYTES))) {
            final MapDescription description = MapDescription.of(other.builder(ENTRIES));
            assertFalse(description.isOf(file));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(description.start(), 0);
            }
            assertFalse(MapDescription.of(shape.builder(ENTRIES)).isOf(file), "as long as it should be");
        }
    }

    /**
     * As only Chronicle itself knows for sure, what we would say otherwise is no reason to refuse a map. It is mapped
     * as Chronicle says: also where its text ends a line later than ours.
     */
    @ParameterizedTest
    @CsvSource({"64, 10, false", "72, 16384, true"})
    void shouldTakeChroniclesWordForWhatItWrites(
            final int valueLength, final int entries, final boolean endsInAnotherLine) {
        final MapShape<LongKey> shape = new OtherwiseConfigured(new RecordShape(valueLength));
        final MapDescription ours = MapDescription.of(CheckedMap.of(shape.builder(entries)));
        final MapDescription chronicles = MapDescription.of(shape.builder(entries));
        assertEquals(endsInAnotherLine, ours.headerLength() != chronicles.headerLength());
        final FileBacking backing = new FileBacking(new SystemFileAccess(), new ChainFiles(directory, "other"));
        RecordMap.open(backing, shape, 0, entries).close();
        final Path file = directory.resolve("other-0.map");
        assertFalse(ours.isOf(file));
        assertTrue(chronicles.isOf(file));
        try (RecordMap<LongKey> opened = RecordMap.open(backing, shape, 0, entries)) {
            assertEquals(chronicles.mapLength(), opened.map().sizeInBytesWithoutTiers());
        }
        assertTrue(chronicles.isOf(file), "changed by the opening");
    }

    /** Chronicle would make an object of the class, whichever it is. */
    @Test
    void shouldLoadNoClassThatAFileNames() throws IOException {
        final Path file = chain();
        final byte[] bytes = Files.readAllBytes(file);
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        final int at = text.indexOf("LongKeyReader");
        assertTrue(at > 0, text);
        System.arraycopy("LongKeyForger".getBytes(StandardCharsets.ISO_8859_1), 0, bytes, at, 13);
        Files.write(file, bytes);
        ForgedMap.rehash(file);
        final String message = refusal();
        assertTrue(message.startsWith("file=" + file + " position=" + (at + 7) + ": found a description"), message);
        assertNull(System.getProperty("tollgate.test.forged"), "the class was loaded");
    }

    /** Chronicle would wait for a minute for somebody who is still writing it. */
    @Test
    void shouldNotWaitForADescriptionThatIsSaidToBeUnderWay() throws IOException {
        final Path file = chain();
        final byte[] bytes = Files.readAllBytes(file);
        bytes[11] |= (byte) 0x80;
        Files.write(file, bytes);
        final String message = assertTimeoutPreemptively(Duration.ofSeconds(30), this::refusal);
        assertTrue(message.startsWith("file=" + file + " position=11: found a description"), message);
    }

    private Path chain() {
        try (RecordChain chain = RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, ENTRIES)) {
            for (int i = 0; i < ENTRIES; i++) {
                new UnsafeBuffer(chain.address(chain.append()), LENGTH).putLong(0, i + 1);
            }
        }
        return directory.resolve("records-0.map");
    }

    private String refusal() {
        return assertThrows(
                        IllegalStateException.class,
                        () -> RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, ENTRIES))
                .getMessage();
    }

    /** Behind the state of the map, which is 33 bytes from the line behind its text. */
    private static int stateEnd(final Path file) throws IOException {
        final UnsafeBuffer start = new UnsafeBuffer(Files.readAllBytes(file));
        return (12 + start.getInt(8) + 63 & -64) + 33;
    }

    /** Maps that Chronicle closes when the process ends, which their description says. */
    private record OtherwiseConfigured(RecordShape shape) implements MapShape<LongKey> {
        @Override
        public int valueLength() {
            return shape.valueLength();
        }

        @Override
        public int chunksAt(final long address) {
            return shape.chunksAt(address);
        }

        @Override
        public void checkWords(final NumberTable numbers, final MapTier tier) {
            shape.checkWords(numbers, tier);
        }

        @Override
        public ChronicleMapBuilder<LongKey, MemoryValue> builder(final long entries) {
            return shape.builder(entries).skipCloseOnExitHook(false);
        }
    }
}
