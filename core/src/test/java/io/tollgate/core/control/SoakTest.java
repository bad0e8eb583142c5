package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.Followers;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Lives;
import io.tollgate.core.fixture.ProcessMemory;
import io.tollgate.core.fixture.TestSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine under a changing load is opened and closed many times. It has queues, listeners, a group, and series that
 * end. It makes checkpoints and backups, deletes old log, and is inspected from outside. Open files, mappings, threads,
 * heap and native memory must not grow from life to life.
 */
class SoakTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final Path MAPPINGS = Path.of("/proc/self/maps");
    private static final int LANES = 4;
    private static final String LEVELS = "lane.*";
    private static final int WARM_UP_LIVES = 3;

    /** Enough lives that one leaked file in each exceeds the tolerance. */
    private static final int MEASURED_LIVES = 6;

    /** The number of lives before the first measurement of memory in the long run. */
    private static final int LIVES_BEFORE_MEMORY = 20;

    private static final int LIVES_BETWEEN_CHECKS = 10;

    /** The listing of the files is one, and the JVM opens a jar to load a class. */
    private static final int MOST_OPEN_FILES_MORE = 2;

    private static final long KIBIBYTE = 1 << 10;

    /** The JVM itself may allocate some hundred KiB once. */
    private static final long MOST_HEAP_GROWTH = 512 * KIBIBYTE;

    /** The JDK keeps this memory for each thread that reads into the heap. */
    private static final long MOST_DIRECT_GROWTH = 64 * KIBIBYTE;

    /** Compiler threads start and end meanwhile. */
    private static final long MOST_NATIVE_GROWTH = 16 * 1_024 * KIBIBYTE;

    @TempDir
    private Path temporary;

    private long recorded;

    @Test
    @Tag("ci")
    void shouldHoldNoMoreFilesOrMappingsAfterAFewLives() throws IOException {
        soak(WARM_UP_LIVES + 1 + MEASURED_LIVES, Long.MAX_VALUE, 100);
    }

    /** Runs for two hours, or for {@code -Dtollgate.test.soakMinutes}. */
    @Test
    @Tag("nightly")
    void shouldHoldNoMoreFilesMappingsOrMemoryAfterHours() throws IOException {
        final long minutes = Long.getLong("tollgate.test.soakMinutes", 120);
        soak(Integer.MAX_VALUE, System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes), 2_000);
    }

    private void soak(final int lives, final long deadlineNs, final int most) throws IOException {
        assumeTrue(isMeasurable(), "no list of open files here");
        final Random random = new Random(TestSeed.of("SoakTest"));
        final long startNs = System.nanoTime();
        final List<ProcessMemory> looks = new ArrayList<>();
        long openFiles = 0;
        assertEquals(0, mappings(temporary));
        for (int life = 0; life < lives && System.nanoTime() < deadlineNs; life++) {
            final Path data = temporary.resolve("data");
            live(data, 1 + random.nextInt(most), random);
            FileTree.delete(new SystemFileAccess(), data);
            assertEquals(0, mappings(temporary), "life=" + life);
            assertEquals(List.of(), engineThreads(), "life=" + life);
            if (life == WARM_UP_LIVES) {
                openFiles = openFiles();
            } else if (life > WARM_UP_LIVES) {
                final long now = openFiles();
                assertTrue(
                        now <= openFiles + MOST_OPEN_FILES_MORE,
                        "life=" + life + " openFiles=" + now + " at first " + openFiles);
            }
            if (life >= LIVES_BEFORE_MEMORY && life % LIVES_BETWEEN_CHECKS == 0) {
                looks.add(ProcessMemory.now());
                System.out.println("SoakTest: seconds=" + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs)
                        + " life=" + life + " openFiles=" + openFiles() + " " + looks.get(looks.size() - 1));
            }
        }
        assertTrue(openFiles > 0, "no open file was counted");
        assertTrue(recorded > 0, "no update was received");
        assertTrue(
                lives < LIVES_BEFORE_MEMORY || looks.size() > 1,
                () -> "memory was measured " + looks.size() + " times, expected 2 or more: give it more minutes");
        if (lives >= LIVES_BEFORE_MEMORY) {
            requireNoMoreMemory(looks);
        }
    }

    static boolean isMeasurable() {
        return Files.isDirectory(OPEN_FILES);
    }

    /** Requires that memory does not grow steadily. */
    static void requireNoMoreMemory(final List<ProcessMemory> looks) {
        requireNoMore("heapBytes", looks, ProcessMemory::heapBytes, MOST_HEAP_GROWTH);
        requireNoMore("directBytes", looks, ProcessMemory::directBytes, MOST_DIRECT_GROWTH);
        requireNoMore("nativeBytes", looks, ProcessMemory::nativeBytes, MOST_NATIVE_GROWTH);
    }

    /** Compares the minimum of the second quarter with that of the second half. The first quarter is a warm-up. */
    private static void requireNoMore(
            final String what,
            final List<ProcessMemory> looks,
            final ToLongFunction<ProcessMemory> bytes,
            final long mostGrowth) {
        final int half = looks.size() / 2;
        final long before = least(looks.subList(half / 2, half), bytes);
        final long after = least(looks.subList(half, looks.size()), bytes);
        assertTrue(
                after - before <= mostGrowth,
                () -> what + "=" + after + " or more, expected at most " + mostGrowth + " more than the " + before
                        + " of before");
    }

    private static long least(final List<ProcessMemory> looks, final ToLongFunction<ProcessMemory> bytes) {
        return looks.stream().mapToLong(bytes).min().orElseThrow();
    }

    private void live(final Path data, final int operations, final Random random) throws IOException {
        final Path backup = temporary.resolve("backup");
        final CheckpointPolicy policy = CheckpointPolicy.ON_REQUEST
                .everyOperations(1 + random.nextInt(3_000))
                .deletingOldLog();
        try (Engine engine = TollgateEngine.launch(Lanes.context()
                .directory(data)
                .checkpoints(random.nextBoolean() ? policy : CheckpointPolicy.ON_REQUEST))) {
            final Lanes lanes = new Lanes(engine, LANES);
            final Lives lives = new Lives(engine);
            final Followers followers = new Followers(engine, LEVELS);
            assertTrue(mappings(temporary) > 0, "mappings are not visible");
            int from = 0;
            while (from < operations) {
                final int to = Math.min(operations, from + 1 + random.nextInt(200));
                lanes.feedAll(from, to);
                for (int number = from; number < to; number++) {
                    lives.offer(number);
                }
                engine.admin().checkpoint();
                followers.look();
                from = to;
            }
            engine.admin().backup(backup);
            leave(followers, random);
        }
        FileTree.delete(new SystemFileAccess(), backup);
        try (Engine engine = TollgateEngine.launch(Lanes.context().directory(data))) {
            assertEquals(operations, Lanes.numberIn(engine, 0));
            assertEquals(operations, Lives.numberIn(engine));
            leave(new Followers(engine, LEVELS), random);
        }
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        try (DirectoryView view = DirectoryView.open(data)) {
            view.forEachSummary(series -> assertTrue(series.isIntact()));
        }
        DirectoryView.open(data).close();
    }

    /** Closes half of the followers; the others end with their engine. */
    private void leave(final Followers followers, final Random random) {
        if (random.nextBoolean()) {
            followers.close();
        }
        recorded += followers.reportedCount();
    }

    static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.count();
        }
    }

    private static List<String> engineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("tollgate-"))
                .toList();
    }

    /** Returns the number of mapped files of the engines, including deleted ones. */
    static long mappings(final Path directory) throws IOException {
        final String name = directory.toRealPath().toString();
        try (Stream<String> lines = Files.lines(MAPPINGS)) {
            return lines.filter(line -> line.contains(name)).count();
        }
    }
}
