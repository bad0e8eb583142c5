package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.store.DirectoryHeader;
import io.tollgate.core.store.ShardHeader;
import io.tollgate.core.store.ShardPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As {@link DirectoryDamageTest}, of a directory of two shards: their files in each other's places, too. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShardedDamageTest {
    @TempDir
    private Path temporary;

    private FileDamage closed;
    private FileDamage killed;

    @BeforeEach
    void makeDirectories() throws IOException {
        final Path directory = temporary.resolve("closed");
        try (Engine engine = DamagedDirectory.fillTwoShards(directory)) {
            assertTrue(engine.now() > 0);
            killed = new FileDamage(new DamagedDirectory(directory).copyTo(temporary.resolve("killed")), temporary);
        }
        closed = new FileDamage(new DamagedDirectory(directory), temporary);
    }

    private FileDamage source(final boolean isClosed) {
        return isClosed ? closed : killed;
    }

    @Test
    @Tag("ci")
    void shouldSurviveDamageOfEachKind() throws IOException {
        final Random random = new Random(TestSeed.of("ShardedDamageTest"));
        for (final boolean isClosed : new boolean[] {true, false}) {
            final List<String> files = source(isClosed).source().files();
            source(isClosed).loseFile(files.get(random.nextInt(files.size())));
            source(isClosed).exchange(files.get(random.nextInt(files.size())), random);
            source(isClosed).damageAtRandom(2, random);
        }
    }

    /** Whose first sequence is the same. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSurviveAnyFileInThePlaceOfThatOfTheOtherShard(final boolean isClosed) throws IOException {
        for (final String file : source(isClosed).source().files()) {
            if (file.startsWith("shard-0/") && !file.contains(".map") && !file.contains(".numbers")) {
                source(isClosed).exchange(file, file.replace("shard-0/", "shard-1/"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSurviveTheHeaderOfADirectoryWithAnotherCount(final boolean isClosed) throws IOException {
        for (final int shardCount : new int[] {1, 3, 4, ShardPlace.MAX_COUNT}) {
            source(isClosed)
                    .requireSurvived(
                            header -> FileDamage.divide(header, shardCount),
                            DirectoryHeader.FILE_NAME,
                            "shardCount=" + shardCount);
        }
    }

    /** What one store says of it counts no more than what the header, and the other, say. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSurviveAStoreThatSaysAnotherCount(final boolean isClosed) throws IOException {
        for (int shard = 0; shard < 2; shard++) {
            source(isClosed)
                    .requireSurvived(
                            header -> FileDamage.flip(header, ShardHeader.SHARD_COUNT_OFFSET, 1),
                            "shard-" + shard + "/header",
                            "shardCount=3");
        }
    }

    @ParameterizedTest
    @Tag("ci")
    @ValueSource(booleans = {true, false})
    void shouldSurviveManyFlippedBitsAndCutFiles(final boolean isClosed) throws IOException {
        source(isClosed).damageAtRandom(5, new Random(TestSeed.of("ShardedDamageTest.manyFlippedBits")));
    }

    @ParameterizedTest
    @Tag("nightly")
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(booleans = {true, false})
    void shouldSurviveTheLossOfAnyFileAndAnyOtherInItsPlace(final boolean isClosed) throws IOException {
        final Random random = new Random(TestSeed.of("ShardedDamageTest.lossOfAnyFile"));
        for (final String file : source(isClosed).source().files()) {
            source(isClosed).loseFile(file);
            source(isClosed).exchange(file, random);
        }
    }

    @ParameterizedTest
    @Tag("nightly")
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(booleans = {true, false})
    void shouldSurviveHundredsOfFlippedBitsAndCutFiles(final boolean isClosed) throws IOException {
        source(isClosed).damageAtRandom(300, new Random(TestSeed.of("ShardedDamageTest.hundredsOfFlippedBits")));
    }
}
