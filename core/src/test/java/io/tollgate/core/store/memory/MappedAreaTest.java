package io.tollgate.core.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedAreaTest {
    @TempDir
    private Path directory;

    /** Another program may need the target of the link. */
    @Test
    void shouldNotBeTheTargetOfALink() throws IOException {
        final Path file = Files.write(directory.resolve("file"), new byte[64]);
        final Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        final String refusal = assertThrows(
                        UncheckedIOException.class, () -> MappedArea.persisted(new SystemFileAccess(), link, 64))
                .getMessage();
        assertEquals("file=" + link + " length=64: cannot be made or mapped", refusal);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4_096, 65_536, 65_537, 200_000})
    void shouldBeZeroAndOfItsLength(final int length) throws IOException {
        final Path file = directory.resolve("area");
        try (MappedArea persisted = MappedArea.persisted(new SystemFileAccess(), file, length);
                MappedArea anonymous = MappedArea.anonymous(length)) {
            assertTrue(persisted.isNew());
            assertTrue(anonymous.isNew());
            assertEquals(length, persisted.buffer().capacity());
            assertEquals(length, anonymous.buffer().capacity());
            assertEquals(length, Files.size(file));
            for (int i = 0; i < length; i++) {
                assertEquals(0, persisted.buffer().getByte(i));
                assertEquals(0, anonymous.buffer().getByte(i));
            }
        }
    }

    @Test
    void shouldHoldWhatWasWrittenWhenOpenedAgain() {
        final Path file = directory.resolve("area");
        try (MappedArea area = MappedArea.persisted(new SystemFileAccess(), file, 4_096)) {
            area.buffer().putLong(4_088, 42);
            area.force();
        }
        try (MappedArea area = MappedArea.persisted(new SystemFileAccess(), file, 4_096)) {
            assertFalse(area.isNew());
            assertEquals(42, area.buffer().getLong(4_088));
        }
    }

    @Test
    void shouldRefuseAFileOfAnotherLengthAndLeaveItAlone() throws IOException {
        final Path file = Files.write(directory.resolve("area"), new byte[100]);
        final String message = assertThrows(
                        IllegalStateException.class, () -> MappedArea.persisted(new SystemFileAccess(), file, 4_096))
                .getMessage();
        assertTrue(message.contains("found length=100, expected length=4096"), message);
        assertEquals(100, Files.size(file));
    }

    @Test
    void shouldLeaveNoFileBehindWhenItCannotBeMade() throws IOException {
        final Path missing = directory.resolve("missing/area");
        assertThrows(UncheckedIOException.class, () -> MappedArea.persisted(new SystemFileAccess(), missing, 4_096));
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void shouldMakeAgainAFileWhoseMakingWasNotFinished() throws IOException {
        final Path unfinished = Files.write(directory.resolve("area.new"), new byte[] {1, 2, 3});
        try (MappedArea area = MappedArea.persisted(new SystemFileAccess(), directory.resolve("area"), 8)) {
            assertEquals(0, area.buffer().getLong(0));
            assertTrue(Files.notExists(unfinished));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void shouldRefuseALengthThatIsNone(final int length) {
        final String expected = "length=" + length + ", expected above 0";
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> MappedArea.anonymous(length))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> MappedArea.persisted(new SystemFileAccess(), directory.resolve("area"), length));
    }

    @Test
    void shouldHaveNoMemoryOnceClosed() {
        final MappedArea area = MappedArea.anonymous(64);
        assertSame(area.buffer(), area.buffer());
        area.close();
        area.close();
        area.force();
        assertEquals(0, area.buffer().capacity());
    }
}
