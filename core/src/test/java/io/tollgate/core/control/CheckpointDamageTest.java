package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.TestSeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damage to files of a directory with two checkpoints, their seals, and a log without its old segments. Each check
 * detects the damage, and each recovery repairs it, after a clean close and after a kill.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckpointDamageTest {
    @TempDir
    private Path temporary;

    private FileDamage closed;
    private FileDamage killed;
    private NavigableMap<Long, String> made;

    @BeforeEach
    void makeDirectories() throws IOException {
        final Path directory = temporary.resolve("closed");
        try (Engine engine = DamagedDirectory.fillWithCheckpoints(directory)) {
            assertTrue(engine.now() > 0);
            final Path copy = temporary.resolve("killed");
            killed = new FileDamage(new DamagedDirectory(directory).copyTo(copy), temporary, this::made);
        }
        closed = new FileDamage(new DamagedDirectory(directory), temporary, this::made);
        final DirectoryFiles files = new DirectoryFiles(directory);
        assertEquals(2, files.checkpoints().size());
        assertTrue(files.manifest().log().firstSequence() > 1, () -> "" + files.manifest());
    }

    private NavigableMap<Long, String> made() {
        if (made == null) {
            made = DamagedDirectory.loggedWithCheckpoints(temporary.resolve("made"));
        }
        return made;
    }

    private FileDamage source(final boolean isClosed) {
        return isClosed ? closed : killed;
    }

    @Test
    @Tag("ci")
    void shouldSurviveDamageOfEachKind() throws IOException {
        final Random random = new Random(TestSeed.of("CheckpointDamageTest"));
        for (final boolean isClosed : new boolean[] {true, false}) {
            source(isClosed).damageInEachWay(2, random);
        }
    }

    @ParameterizedTest
    @Tag("ci")
    @ValueSource(booleans = {true, false})
    void shouldSurviveManyFlippedBitsAndCutFiles(final boolean isClosed) throws IOException {
        source(isClosed)
                .damageAtRandom(
                        8, new Random(TestSeed.of("CheckpointDamageTest.shouldSurviveManyFlippedBitsAndCutFiles")));
    }

    @ParameterizedTest
    @Tag("nightly")
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(booleans = {true, false})
    void shouldSurviveTheLossOfAnyFileAndAnyOtherInItsPlace(final boolean isClosed) throws IOException {
        source(isClosed)
                .loseAndExchangeEach(new Random(
                        TestSeed.of("CheckpointDamageTest.shouldSurviveTheLossOfAnyFileAndAnyOtherInItsPlace")));
    }

    @ParameterizedTest
    @Tag("nightly")
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(booleans = {true, false})
    void shouldSurviveHundredsOfFlippedBitsAndCutFiles(final boolean isClosed) throws IOException {
        source(isClosed).damageAtRandom(500, new Random(TestSeed.of("shouldSurviveHundredsOfFlippedBitsAndCutFiles")));
    }
}
