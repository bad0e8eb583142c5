package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.api.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine under a changing load, with checkpoints and backups, opened and closed over and over: neither the files
 * that the process has open nor those that it has mapped grow from one life of an engine to the next.
 */
class SoakTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final Path MAPPINGS = Path.of("/proc/self/maps");
    private static final int LANES = 4;
    private static final int WARM_UP_LIVES = 3;

    @TempDir
    private Path temporary;

    @Test
    @Tag("ci")
    void shouldHoldNoMoreFilesOrMappingsAfterAFewLives() throws IOException {
        soak(WARM_UP_LIVES + 3, 100);
    }

    @Test
    @Tag("nightly")
    void shouldHoldNoMoreFilesOrMappingsAfterHours() throws IOException {
        soak(2_000, 2_000);
    }

    private void soak(final int lives, final int most) throws IOException {
        assumeTrue(Files.isDirectory(OPEN_FILES), "no list of open files here");
        final Random random = new Random(TestSeed.of("SoakTest"));
        long openFiles = 0;
        assertEquals(0, mappings());
        for (int life = 0; life < lives; life++) {
            final Path data = temporary.resolve("data-" + life);
            final int shardCount = 1 + life % 3;
            live(data, shardCount, 1 + random.nextInt(most), random);
            FileTree.delete(data);
            if (life == WARM_UP_LIVES) {
                openFiles = openFiles();
            }
            if (life > WARM_UP_LIVES) {
                final String what = "life=" + life + " openFiles=" + openFiles();
                assertTrue(openFiles() <= openFiles + 2, what + " at first " + openFiles);
            }
            assertEquals(0, mappings(), "life=" + life);
        }
        assertTrue(openFiles > 0, "nothing was measured");
    }

    private void live(final Path data, final int shardCount, final int operations, final Random random)
            throws IOException {
        final Path backup = temporary.resolve("backup");
        try (Engine engine = TollgateEngine.launch(Lanes.context(shardCount).directory(data))) {
            final Lanes lanes = new Lanes(engine, LANES);
            assertTrue(mappings() > 0, "what is mapped would not be seen");
            int from = 0;
            while (from < operations) {
                final int to = Math.min(operations, from + 1 + random.nextInt(200));
                for (int lane = 0; lane < LANES; lane++) {
                    lanes.feed(lane, from, to);
                }
                engine.checkpoint();
                from = to;
            }
            engine.backup(backup);
        }
        FileTree.delete(backup);
        try (Engine engine = TollgateEngine.launch(Lanes.context(shardCount).directory(data))) {
            assertEquals(operations, Lanes.numberIn(engine, 0));
        }
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.count();
        }
    }

    /** How many mappings of files of the engines the process has; the list names them by path, deleted ones too. */
    private long mappings() throws IOException {
        final String name = temporary.toRealPath().toString();
        try (Stream<String> lines = Files.lines(MAPPINGS)) {
            return lines.filter(line -> line.contains(name)).count();
        }
    }
}
