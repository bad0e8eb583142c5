package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.SeriesKind;
import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store, read through its files. */
class ForeignStoreTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;

    private ShardStore open() {
        return ShardStore.persisted(new SystemFileAccess(), directory, ShardPlace.SINGLE, 1_024);
    }

    /** A table that is a directory can be opened, and not be read. */
    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @ValueSource(strings = {"names-0", "series-0", "small-0", "medium-0", "medium-1"})
    void shouldLeaveNoFileOpenWhereOneCannotBeRead(final String name) throws IOException {
        open().close();
        final Path table = directory.resolve(name + ".numbers");
        Files.deleteIfExists(table);
        Files.createDirectory(table);
        if (Files.notExists(directory.resolve(name + ".map"))) {
            Files.createFile(directory.resolve(name + ".map"));
        }
        final long before = openCount();
        assertThrows(UncheckedIOException.class, () -> new ForeignStore(directory, false));
        assertEquals(before, openCount());
    }

    /** A killed process may have left a whole batch of them half changed. */
    @ParameterizedTest
    @CsvSource({"true, 1000", "false, 10"})
    void shouldReadAgainWhatIsTornAsOftenAsThatHelps(final boolean isWritten, final long most) {
        final AtomicLong attempts = new AtomicLong();
        try (ShardStore store = open();
                ForeignStore foreign = new ForeignStore(directory, isWritten)) {
            store.addSeries("level", SeriesKind.STEP.code(), 0, "COUNT", Long.MIN_VALUE)
                    .beginChange(1);
            assertEquals(1, foreign.seriesCount());
            final SeriesSummary torn = foreign.read(0, () -> OptionalLong.of(attempts.incrementAndGet()));
            assertFalse(torn.isWhole());
            assertEquals(most, attempts.get());
        }
    }

    /** Its word leads nowhere, behind the map, or to another series: nothing is told that was read of that. */
    @Test
    void shouldTellNothingOfASeriesOfWhichTheRecordCannotBeRead() throws IOException {
        try (ShardStore store = open()) {
            store.addSeries("first", SeriesKind.FLOW.code(), 3, "COUNT", Long.MIN_VALUE);
            store.addSeries("second", SeriesKind.FLOW.code(), 3, "COUNT", Long.MIN_VALUE);
        }
        final Path table = directory.resolve("series-0.numbers");
        final ByteBuffer numbers = ByteBuffer.wrap(Files.readAllBytes(table)).order(ByteOrder.LITTLE_ENDIAN);
        for (final long spoilt : new long[] {0, 1L << 40, numbers.getLong(NumberTableDescriptor.wordOffset(0))}) {
            Files.write(
                    table,
                    numbers.putLong(NumberTableDescriptor.wordOffset(1), spoilt).array());
            try (ForeignStore foreign = new ForeignStore(directory, false)) {
                assertEquals(2, foreign.seriesCount());
                assertEquals(3, foreign.read(0, OptionalLong::empty).scale());
                final SeriesSummary second = foreign.read(1, OptionalLong::empty);
                assertFalse(second.isWhole());
                assertEquals(0, second.scale());
                assertEquals(Long.MAX_VALUE, second.firstTime());
            }
        }
    }

    private long openCount() throws IOException {
        final Path real = directory.toRealPath();
        long count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OPEN_FILES)) {
            for (final Path descriptor : descriptors) {
                try {
                    count += Files.readSymbolicLink(descriptor).startsWith(real) ? 1 : 0;
                } catch (final NoSuchFileException e) {
                    // Closed meanwhile.
                }
            }
        }
        return count;
    }
}
