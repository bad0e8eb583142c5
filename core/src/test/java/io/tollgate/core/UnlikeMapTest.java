package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.store.ForgedMap;
import io.tollgate.core.store.ForgedMark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Stores whose checksums are right, with a map or a table that is not what would be written here: forged, or from a
 * machine with other pages.
 */
class UnlikeMapTest {
    private static final int COUNT_OFFSET = 40;
    private static final int WORDS_OFFSET = 64;

    @TempDir
    private Path temporary;

    private static Path closed(final Path directory, final Function<Path, Engine> filling) {
        try (Engine engine = filling.apply(directory)) {
            assertTrue(engine.now() > 0);
        }
        return directory;
    }

    /** Done twice, it is undone. */
    private static Path forge(final Path store, final String name, final int position) throws IOException {
        final Path file = store.resolve(name);
        FileDamage.flip(file, position, 1);
        if (name.endsWith(".map")) {
            ForgedMap.rehash(file);
        }
        ForgedMark.write(store);
        return file;
    }

    /** Descriptions, counters of entries behind them; of tables a length, a first number, places. */
    @Test
    void shouldBeNamedByACheck() throws IOException {
        final Path directory = closed(temporary.resolve("data"), DamagedDirectory::fill);
        final String[] names = {
            "series-0.map",
            "names-0.map",
            "large-0.map",
            "names-0.map",
            "small-0.map",
            "medium-0.map",
            "small-0.numbers",
            "medium-0.numbers",
            "names-0.numbers",
            "series-0.numbers",
            "names-0.numbers"
        };
        final int[] positions = {100, 100, 100, 8200, 4104, 8, 48, 12, 24, 72, 68};
        for (int i = 0; i < names.length; i++) {
            final String what = names[i] + " position=" + positions[i];
            final Path file = forge(directory.resolve("shard-0"), names[i], positions[i]);
            final DirectoryCheck check = DirectoryCheck.of(directory);
            assertEquals(DirectoryCheck.State.DAMAGED, check.state(), what);
            assertEquals(1, check.damages().size(), check::toString);
            assertEquals(file, check.damages().get(0).file());
            final String told = check.damages().get(0).toString();
            assertTrue(told.contains("; open it on a machine like the one that made it, or have recover"), told);
            forge(directory.resolve("shard-0"), names[i], positions[i]);
        }
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
    }

    /**
     * Places for records and blocks that begin elsewhere than they were made: what is written there would be written to
     * what Chronicle Map goes by, or to what it gives to others.
     */
    @ParameterizedTest
    @CsvSource({
        "series-0, 4104, that of an entry in use",
        "series-0, 1, that of an entry in use",
        "small-0, 4160, that of an entry in use",
        "medium-0, -40000, that of an entry in use",
        "large-0, -40000, that of an entry in use"
    })
    void shouldBeRefusedWhereNoEntryLies(final String name, final long place, final String expected)
            throws IOException {
        requireRefused(name, (first, mapLength) -> place < 0 ? mapLength + place & -64 : place, expected);
    }

    @ParameterizedTest
    @CsvSource({"series-0, 8", "series-0, 64", "series-0, -8", "small-0, 320", "medium-0, -64", "large-0, 1"})
    void shouldBeRefusedWhereItDoesNotLieInItsEntryAsItWasMade(final String name, final long further)
            throws IOException {
        requireRefused(name, (first, mapLength) -> first + further, "offset=");
    }

    private void requireRefused(final String name, final LongBinaryOperator placeOfFirst, final String expected)
            throws IOException {
        final Path directory = closed(temporary.resolve("data"), DamagedDirectory::fill);
        final Path store = directory.resolve("shard-0");
        final Path table = store.resolve(name + ".numbers");
        final ByteBuffer words = ByteBuffer.wrap(Files.readAllBytes(table)).order(ByteOrder.LITTLE_ENDIAN);
        final long count = words.getLong(COUNT_OFFSET);
        final long first = words.getLong(WORDS_OFFSET);
        final long place = placeOfFirst.applyAsLong(first, Files.size(store.resolve(name + ".map")));
        assertTrue(count > 0 && place != first, () -> "count=" + count + " first=" + first + " place=" + place);
        // Each lies right behind the one before it, as in an entry.
        for (int i = 0; i < count; i++) {
            words.putLong(WORDS_OFFSET + i * Long.BYTES, words.getLong(WORDS_OFFSET + i * Long.BYTES) + place - first);
        }
        Files.write(table, words.array());
        ForgedMark.write(store);

        final DirectoryCheck check = DirectoryCheck.of(directory);
        assertEquals(DirectoryCheck.State.DAMAGED, check.state());
        assertEquals(1, check.damages().size(), check::toString);
        assertEquals(table.toRealPath(), check.damages().get(0).file());
        final IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> DamagedDirectory.answers(directory));
        final String found = ": found offset=" + place + ", expected " + expected;
        assertTrue(refusal.getMessage().contains(table.getFileName() + found), refusal::getMessage);
        assertFalse(
                DirectoryRecovery.recover(DamagedDirectory.context(directory)).isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
    }

    @Test
    void shouldBeMadeOfTheLog() throws IOException {
        final Path directory = closed(temporary.resolve("data"), DamagedDirectory::fill);
        final Map<String, List<String>> answers = DamagedDirectory.answers(directory);
        forge(directory.resolve("shard-0"), "names-0.map", 100);
        assertThrows(IllegalStateException.class, () -> DamagedDirectory.answers(directory));
        final RecoveryReport report = DirectoryRecovery.recover(DamagedDirectory.context(directory));
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        assertEquals(OpeningReport.Origin.LOG, report.shards().get(0).opening().origin());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        assertEquals(answers, DamagedDirectory.answers(directory));
    }

    /** Where it was made nothing of it is lost; here it is rebuilt once a checkpoint has what the log has lost. */
    @Test
    void shouldBeKeptWhereNothingElseHasWhatItHas() throws IOException {
        final Path directory = closed(temporary.resolve("data"), DamagedDirectory::fillWithCheckpoints);
        final Path store = directory.resolve("shard-0");
        final Path file = forge(store, "series-0.map", 100);
        forge(store.resolve("checkpoint"), "series-0.map", 100);
        forge(store.resolve("checkpoint.old"), "series-0.map", 100);
        final Map<Path, Integer> before = contents(directory);
        final IllegalStateException refusal = assertThrows(
                IllegalStateException.class, () -> DirectoryRecovery.recover(DamagedDirectory.context(directory)));
        assertTrue(refusal.getMessage().startsWith("file=" + file + " position=100: found"), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("nothing was changed"), refusal::getMessage);
        assertEquals(before, contents(directory));

        forge(store.resolve("checkpoint.old"), "series-0.map", 100);
        final RecoveryReport report = DirectoryRecovery.recover(DamagedDirectory.context(directory));
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        assertEquals(
                OpeningReport.Origin.CHECKPOINT,
                report.shards().get(0).opening().origin());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
    }

    private static Map<Path, Integer> contents(final Path directory) throws IOException {
        final Map<Path, Integer> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("engine.lock")) {
                    contents.put(file, Arrays.hashCode(Files.readAllBytes(file)));
                }
            }
        }
        return contents;
    }
}
