package io.tollgate.core.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.UnsupportedVersionException;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.Refusals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFileTest {
    private static final String BOOT = "0123abcd-0000-4000-8000-00000000beef";
    private static final long IDENTITY = 0x1234_5678_9ABC_DEF0L;

    private final FileAccess files = new SystemFileAccess();

    @TempDir
    private Path directory;

    private Path path() {
        return directory.resolve(ManifestFile.FILE_NAME);
    }

    private Manifest begun() {
        return Manifest.begin(IDENTITY, Manifest.State.REBUILDING);
    }

    private ManifestFile.Found read() {
        return ManifestFile.read(directory).orElseThrow();
    }

    @Test
    void shouldGiveBackEachField() {
        final Manifest manifest = begun().opened(BOOT, 3)
                .withCheckpoint(77)
                .withLog(new Manifest.LogStart(40, 70))
                .closed(2, new Manifest.Seal(90, 0xCAFE));
        try (ManifestFile file = ManifestFile.create(files, directory, begun())) {
            file.write(manifest);
            assertEquals(manifest, file.current());
        }
        assertEquals(manifest, read().manifest());
        assertFalse(read().isCopy());
    }

    @Test
    void shouldKeepTheManifestBeforeWhenTheNewerPageIsTorn() throws IOException {
        final Manifest before = begun().withCheckpoint(1);
        final Manifest after = begun().withCheckpoint(2);
        try (ManifestFile file = ManifestFile.create(files, directory, begun())) {
            file.write(before);
            file.write(after);
        }
        assertEquals(after, read().manifest());
        flip(pageOf(2) + ManifestFile.CHECKPOINT_OFFSET);
        assertEquals(before, read().manifest());
        assertEquals(1, ManifestFile.damages(directory).size());
    }

    /** Returns the offset in the file of the page that contains a checkpoint. */
    private int pageOf(final long checkpoint) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path())).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.getLong(ManifestFile.CHECKPOINT_OFFSET) == checkpoint ? 0 : ManifestFile.PAGE_LENGTH;
    }

    private void flip(final int offset) throws IOException {
        FileDamage.flip(path(), offset, 1);
    }

    @Test
    void shouldLeaveNoEarlierManifestAfterWritingTwice() throws IOException {
        final Manifest closed = begun().closed(1, new Manifest.Seal(5, 6));
        final Manifest opened = closed.opened(BOOT, 1);
        try (ManifestFile file = ManifestFile.create(files, directory, begun())) {
            file.write(closed);
            file.writeTwice(opened);
        }
        for (final int page : new int[] {0, ManifestFile.PAGE_LENGTH}) {
            final byte[] before = Files.readAllBytes(path());
            flip(page + ManifestFile.STATE_OFFSET);
            assertEquals(opened, read().manifest());
            Files.write(path(), before);
        }
    }

    @Test
    void shouldRefuseAFileWithoutAWholePage() throws IOException {
        ManifestFile.create(files, directory, begun()).close();
        flip(ManifestFile.STATE_OFFSET);
        flip(ManifestFile.PAGE_LENGTH + ManifestFile.STATE_OFFSET);
        Refusals.require(
                IllegalStateException.class, () -> ManifestFile.read(directory), "file=" + path(), "run recover");
        assertThrows(IllegalStateException.class, () -> ManifestFile.open(files, directory));
        assertEquals(2, ManifestFile.damages(directory).size());
    }

    @Test
    void shouldRefuseAPageOfAnotherVersionByName() throws IOException {
        ManifestFile.create(files, directory, begun()).close();
        final byte[] bytes = Files.readAllBytes(path());
        final byte[] page = Arrays.copyOf(bytes, ManifestFile.PAGE_LENGTH);
        FileSeal.seal(page, ManifestFile.MAGIC, ManifestFile.VERSION + 1);
        System.arraycopy(page, 0, bytes, 0, page.length);
        Files.write(path(), bytes);
        assertThrows(UnsupportedVersionException.class, () -> ManifestFile.read(directory));
        assertThrows(UnsupportedVersionException.class, () -> ManifestFile.damages(directory));
    }

    @Test
    void shouldDistinguishACopyFromTheOriginal() throws IOException {
        ManifestFile.create(files, directory, begun().opened(BOOT, 1)).close();
        final Path copy = Files.createDirectory(directory.resolve("copy"));
        Files.copy(path(), copy.resolve(ManifestFile.FILE_NAME));
        assertFalse(read().isCopy());
        final ManifestFile.Found found = ManifestFile.read(copy).orElseThrow();
        assertTrue(found.isCopy());
        assertEquals(read().manifest(), found.manifest());
        try (ManifestFile file = ManifestFile.open(files, copy)) {
            file.writeTwice(file.current());
        }
        final ManifestFile.Found opened = ManifestFile.read(copy).orElseThrow();
        assertFalse(opened.isCopy(), "an opening makes the copy a directory of its own");
        assertEquals("", opened.manifest().bootId(), "applied positions of the original are no promise of the copy");
    }

    @Test
    void shouldPromiseWhatWasAppliedDuringTheSameBootAndWhatIsDurableAfterIt() {
        try (ManifestFile file = ManifestFile.create(files, directory, begun().opened(BOOT, 1))) {
            file.begin(10);
            file.positions().applied(25);
            file.positions().durable(17);
            file.force();
        }
        assertEquals(25, read().requiredSequence(BOOT));
        assertEquals(17, read().requiredSequence("another boot"));
        assertEquals(17, read().requiredSequence(""));
    }

    @Test
    void shouldPromiseTheSequenceOfAClosedStore() {
        try (ManifestFile file = ManifestFile.create(files, directory, begun().opened(BOOT, 1))) {
            file.begin(3);
            file.write(file.current().closed(1, new Manifest.Seal(9, 1)));
        }
        assertEquals(9, read().requiredSequence(BOOT));
    }

    @Test
    void shouldKeepOneWholeSlotWhenTheOtherIsTorn() throws IOException {
        try (ManifestFile file = ManifestFile.create(files, directory, begun().opened(BOOT, 1))) {
            file.begin(10);
            file.positions().applied(11);
            file.positions().applied(12);
            file.positions().durable(11);
        }
        flip(ManifestFile.POSITIONS_OFFSET + LogPositions.APPLIED_OFFSET + LogPositions.SLOT_LENGTH);
        assertEquals(11, read().requiredSequence(BOOT));
        assertFalse(read().positions().isDamaged());
        flip(ManifestFile.POSITIONS_OFFSET + LogPositions.APPLIED_OFFSET);
        assertTrue(read().positions().isDamaged());
        assertThrows(IllegalStateException.class, () -> read().requiredSequence(BOOT));
        assertEquals(1, ManifestFile.damages(directory).size());
    }

    @Test
    void shouldHaveNothingWithoutAFile() {
        assertEquals(Optional.empty(), ManifestFile.read(directory));
        assertEquals(0, ManifestFile.damages(directory).size());
    }

    @Test
    void shouldLayOutThePagesAsDrawn() throws IOException {
        final Manifest manifest = begun().opened(BOOT, 3)
                .withCheckpoint(77)
                .withLog(new Manifest.LogStart(40, 70))
                .closed(2, new Manifest.Seal(90, 0xCAFE));
        ManifestFile.create(files, directory, manifest).close();
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path())).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(12_288, bytes.capacity());
        for (int page = 0; page < 8192; page += 4096) {
            assertEquals("TOLLMANI", new String(bytes.array(), page, 8, StandardCharsets.US_ASCII));
            assertEquals(1, bytes.getInt(page + 8));
            assertEquals(1 + page / 4096, bytes.getLong(page + 16));
            assertEquals(IDENTITY, bytes.getLong(page + 24));
            assertEquals(Manifest.State.CLOSED.ordinal(), bytes.getInt(page + 48));
            assertEquals(2, bytes.getInt(page + 52));
            assertEquals(40, bytes.getLong(page + 56));
            assertEquals(70, bytes.getLong(page + 64));
            assertEquals(77, bytes.getLong(page + 72));
            assertEquals(90, bytes.getLong(page + 80));
            assertEquals(0xCAFE, bytes.getInt(page + 88));
            assertEquals(BOOT, new String(bytes.array(), page + 96, 36, StandardCharsets.US_ASCII));
        }
    }
}
