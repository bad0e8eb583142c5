package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.core.EngineContext;
import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.hash.impl.util.BuildVersion;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownDescriptionsTest {
    private static final MapShape<?> SERIES = new RecordShape(SeriesRecordDescriptor.LENGTH);
    private static final int ENTRIES = new EngineContext().firstMapEntries();

    @TempDir
    private Path directory;

    @BeforeAll
    static void open() {
        JvmAccess.requireOpen();
        assumeTrue(OS.pageSize() == 4_096, "they are known for pages of 4,096 bytes");
    }

    /** Where another Chronicle writes something else, what is expected here is the table to be taken instead. */
    @Test
    void shouldBeWhatChronicleWritesForEachMapOfAnEngine() {
        final List<MapShape<?>> shapes = new ArrayList<>(List.of(new NameShape(), SERIES));
        for (int i = 0; i < BlockDescriptor.SIZE_CLASS_COUNT; i++) {
            shapes.add(new RecordShape(BlockDescriptor.length(i)));
        }
        final StringBuilder table = new StringBuilder();
        for (final MapShape<?> shape : shapes) {
            for (long entries = ENTRIES; entries <= MapChain.MAX_MAP_ENTRIES; entries *= 2) {
                final MapDescription description = MapDescription.of(shape.builder(entries));
                table.append(shape instanceof NameShape ? "names " : "areas ");
                table.append(shape.valueLength()).append(' ').append(entries).append(' ');
                table.append(description.start().limit()).append(' ');
                table.append(description.mapLength()).append(' ');
                table.append(KnownDescriptions.digest(description.start())).append('\n');
            }
        }
        assertEquals(table.toString(), KnownDescriptions.TABLE);
        assertTrue(KnownDescriptions.isKnown(), () -> "of version " + BuildVersion.version() + " nothing is known");
    }

    /** As {@code printf abc | sha256sum} says, and the standard FIPS 180-4. */
    @Test
    void shouldDigestAsTheStandardSays() {
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                KnownDescriptions.digest(ByteBuffer.wrap(new byte[] {'a', 'b', 'c'})));
    }

    @Test
    void shouldKnowAMapThatWasMade() {
        assertEquals(
                OptionalLong.of(MapDescription.of(SERIES.builder(ENTRIES)).mapLength()),
                KnownDescriptions.mapLength(made(), SERIES, ENTRIES));
    }

    @Test
    void shouldNotKnowWhatNoEngineMakes() {
        final Path file = made();
        assertEquals(OptionalLong.empty(), KnownDescriptions.mapLength(file, SERIES, ENTRIES - 1));
        assertEquals(OptionalLong.empty(), KnownDescriptions.mapLength(file, new RecordShape(64), ENTRIES));
    }

    /** Both have values of eight bytes. */
    @Test
    void shouldNotTakeNamesForAreas() {
        NameMap.persisted(new SystemFileAccess(), directory, "names", ENTRIES).close();
        final Path file = directory.resolve("names-0.map");
        assertTrue(KnownDescriptions.mapLength(file, new NameShape(), ENTRIES).isPresent());
        assertEquals(OptionalLong.empty(), KnownDescriptions.mapLength(file, new RecordShape(Long.BYTES), ENTRIES));
    }

    @Test
    void shouldNotKnowAMapWithTheBeginningOfAnother() throws IOException {
        final Path file = made();
        final MapShape<?> small = new RecordShape(BlockDescriptor.length(0));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(MapDescription.of(small.builder(ENTRIES)).start(), 0);
        }
        assertEquals(
                OptionalLong.empty(), KnownDescriptions.mapLength(file, SERIES, ENTRIES), "as long as it should be");
        assertEquals(OptionalLong.empty(), KnownDescriptions.mapLength(file, small, ENTRIES), "of another length");
    }

    @Test
    void shouldNotKnowAMapOfAnotherLength() throws IOException {
        final Path file = made();
        final byte[] whole = Files.readAllBytes(file);
        for (final int length : new int[] {0, 1, 100, 4_096, whole.length - 4_096, whole.length + 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertEquals(OptionalLong.empty(), KnownDescriptions.mapLength(file, SERIES, ENTRIES), "length=" + length);
        }
    }

    @Test
    void shouldNotKnowAMapWithAChangedBitOfItsBeginning() throws IOException {
        final Path file = made();
        final byte[] start = Arrays.copyOf(
                Files.readAllBytes(file),
                MapDescription.of(SERIES.builder(ENTRIES)).start().limit());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < start.length; i++) {
                channel.write(ByteBuffer.wrap(new byte[] {(byte) (start[i] ^ 1 << i % Byte.SIZE)}), i);
                assertEquals(OptionalLong.empty(), KnownDescriptions.mapLength(file, SERIES, ENTRIES), "position=" + i);
                channel.write(ByteBuffer.wrap(start, i, 1), i);
            }
        }
        assertTrue(KnownDescriptions.mapLength(file, SERIES, ENTRIES).isPresent());
    }

    /** What is not known is compared with what Chronicle would write, which tells where it differs. */
    @Test
    void shouldLeaveItToChronicleToSayWhereAMapDiffers() throws IOException {
        final Path file = made();
        final byte[] bytes = Files.readAllBytes(file);
        bytes[100] ^= 1;
        Files.write(file, bytes);
        ForgedMap.rehash(file);
        final String message =
                assertThrows(IllegalStateException.class, this::chain).getMessage();
        assertTrue(message.startsWith("file=" + file + " position=100: found a description"), message);
    }

    private Path made() {
        chain().close();
        return directory.resolve("series-0.map");
    }

    private RecordChain chain() {
        return RecordChain.persisted(
                new SystemFileAccess(), directory, "series", SeriesRecordDescriptor.LENGTH, ENTRIES);
    }
}
