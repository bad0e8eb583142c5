package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Instants;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.file.OtherVersionException;
import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a recovery notes of losses is read as it was written, or said to be damaged. */
class LossNoteTest {
    private static final LossNote NONE = new LossNote(List.of(), List.of(), false);
    private static final Loss FIRST = loss(0, 10, 20, true);
    private static final Loss SECOND = loss(1, 3, 3, false);
    private static final LossNote NOTE = new LossNote(List.of(2, 5), List.of(FIRST, SECOND), false);

    @TempDir
    private Path directory;

    private final SystemFileAccess files = new SystemFileAccess();

    private static Loss loss(final int shard, final long first, final long last, final boolean isPromised) {
        return new Loss(
                shard,
                first,
                last,
                isPromised,
                !isPromised,
                Instants.MIN,
                17,
                Instants.MAX,
                -5,
                List.of("tariff.US", "zölle.DE"));
    }

    @Test
    void shouldBeReadAsItWasWritten() {
        assertEquals(NONE, LossNote.of(directory));
        NONE.write(files, directory);
        assertFalse(Files.exists(LossNote.file(directory)), "nothing to tell");
        NOTE.write(files, directory);
        assertEquals(NOTE, LossNote.of(directory));
        assertEquals(1, LossNote.damages(directory).size());
        assertThrows(IllegalStateException.class, () -> LossNote.requireNone(directory));
        LossNote.remove(files, directory);
        assertEquals(NONE, LossNote.of(directory));
        LossNote.requireNone(directory);
    }

    /** Of what was noted, that is found once more of which every operation is, in however many parts. */
    @Test
    void shouldTellOnceWhatIsFoundAgain() {
        final List<Loss> noted =
                List.of(loss(0, 1, 9, true), loss(0, 20, 29, true), loss(0, 40, 49, true), loss(1, 1, 9, true));
        final List<Loss> found =
                List.of(loss(0, 5, 12, true), loss(0, 1, 4, false), loss(0, 20, 24, true), loss(0, 26, 35, true));
        assertEquals(
                List.of(
                        loss(0, 1, 4, false),
                        loss(0, 5, 12, true),
                        loss(0, 20, 29, true),
                        loss(0, 20, 24, true),
                        loss(0, 26, 35, true),
                        loss(0, 40, 49, true),
                        loss(1, 1, 9, true)),
                new LossNote(List.of(), noted, false).with(List.of(), found).losses());
    }

    /** A look at each loss that is found for each that was noted would take hours. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldTellWhatIsFoundAgainInATimeThatDoesNotGrowWithAllLosses() {
        final int count = 200_000;
        final List<Loss> noted = new ArrayList<>();
        final List<Loss> found = new ArrayList<>();
        for (long i = 1; i <= count; i++) {
            noted.add(loss(0, 10 * i, 10 * i, true));
            found.add(loss(0, 10 * i + 5, 10 * i + 5, true));
        }
        assertEquals(
                2 * count,
                new LossNote(List.of(), noted, false)
                        .with(List.of(), found)
                        .losses()
                        .size());
    }

    /** Nobody makes a damaged one of it, and repairs a directory without what it says. */
    @Test
    void shouldBeRefusedWhereAnotherVersionHasWrittenIt() throws IOException {
        NOTE.write(files, directory);
        final Path note = LossNote.file(directory);
        final byte[] longer = Arrays.copyOf(Files.readAllBytes(note), (int) Files.size(note) + 12);
        final long magic =
                ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        Files.write(note, FileSeal.seal(longer, magic, 2).array());
        final Exception refusal = assertThrows(OtherVersionException.class, () -> LossNote.of(directory));
        assertTrue(refusal.getMessage().startsWith("file=" + note + " version=2"), refusal::getMessage);
    }

    /** Byte for byte as it stands in directories that somebody has to recover. */
    @Test
    void shouldStayAsItIsOnDisk() throws IOException {
        NOTE.write(files, directory);
        final byte[] bytes = Files.readAllBytes(LossNote.file(directory));
        final byte[] unsealed = bytes.clone();
        Arrays.fill(unsealed, 12, 16, (byte) 0);
        final CRC32C crc = new CRC32C();
        crc.update(unsealed);
        assertEquals(
                (int) crc.getValue(),
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(12));
        assertEquals("TGLOSSES", new String(bytes, 0, 8, StandardCharsets.US_ASCII));
        assertEquals("01000000", HexFormat.of().formatHex(bytes, 8, 12));
        final String shared = "8000000000000001" + "0000000000000011" + "7ffffffffffffffe" + "fffffffffffffffb"
                + "00000002" + "0009" + "7461726966662e5553" + "0009" + "7ac3b66c6c652e4445";
        assertEquals(
                "00000002" + "00000002" + "00000005" + "00000002"
                        + "00000000" + "000000000000000a" + "0000000000000014" + "01" + "00" + shared
                        + "00000001" + "0000000000000003" + "0000000000000003" + "00" + "01" + shared,
                HexFormat.of().formatHex(bytes, 16, bytes.length));
    }

    /** Under a right checksum. */
    @Test
    void shouldTakeNoSequenceThatCannotBe() {
        for (final long sequence : new long[] {Long.MIN_VALUE, -1, (1L << 62) + 1, Long.MAX_VALUE}) {
            new LossNote(List.of(), List.of(loss(0, sequence, 2, true)), false).write(files, directory);
            assertTrue(LossNote.of(directory).isDamaged(), "first=" + sequence);
            new LossNote(List.of(), List.of(loss(0, 1, sequence, true)), false).write(files, directory);
            assertTrue(LossNote.of(directory).isDamaged(), "last=" + sequence);
        }
    }

    /** Under a right checksum: each is there once, and in order, so that a note cannot hold any number of them. */
    @Test
    void shouldTakeNoKeysThatCannotBe() {
        for (final List<String> keys : List.of(List.of("", ""), List.of("a", "a"), List.of("a", "c", "b"))) {
            final Loss loss = new Loss(0, 1, 2, true, false, Instants.MIN, 17, Instants.MAX, -5, keys);
            new LossNote(List.of(), List.of(loss), false).write(files, directory);
            assertTrue(LossNote.of(directory).isDamaged(), "keys=" + keys);
        }
    }

    @Test
    void shouldSayThatItIsDamaged() throws IOException {
        NOTE.write(files, directory);
        final Path file = LossNote.file(directory);
        final byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
            Files.write(file, bytes);
            assertTrue(LossNote.of(directory).isDamaged(), "byte=" + i);
            bytes[i] ^= 1;
        }
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertTrue(LossNote.of(directory).isDamaged(), "length=" + length);
        }
        Files.write(file, bytes);
        assertEquals(NOTE, LossNote.of(directory));
    }

    @Test
    void shouldTellWhatIsFoundAndWhatIsRepaired() {
        final Loss more = loss(0, 5, 25, true);
        final Loss other = loss(1, 10, 20, true);
        assertEquals(
                new LossNote(List.of(1, 2, 5), List.of(more, SECOND, other), false),
                NOTE.with(List.of(1, 5), List.of(other, more)));
        final Loss part = loss(0, 20, 25, true);
        assertEquals(
                List.of(FIRST, part, SECOND),
                NOTE.with(List.of(), List.of(part)).losses());
        // A checkpoint goes to 15 that was put back.
        final List<Loss> parts = List.of(loss(0, 10, 15, true), loss(0, 16, 25, true));
        assertEquals(
                List.of(parts.get(0), parts.get(1), SECOND),
                NOTE.with(List.of(), parts).losses());
        final List<Loss> apart = List.of(loss(0, 10, 14, true), loss(0, 16, 25, true));
        assertEquals(
                List.of(FIRST, apart.get(0), apart.get(1), SECOND),
                NOTE.with(List.of(), apart).losses());
        assertEquals(NOTE, NOTE.with(List.of(), List.of()));
        assertEquals(List.of(SECOND), NOTE.lossesOf(1));
        assertEquals(List.of(), NOTE.lossesOf(2));
    }
}
