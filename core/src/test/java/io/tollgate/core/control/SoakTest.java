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
 * An engine under a changing load, followed by queues, listeners and a group, with series that end, checkpoints of its
 * own and on request, old log that goes, and backups, looked at from outside, opened and closed over and over: neither
 * the files that the process has open, nor those that it has mapped, nor its threads, nor its memory, in the heap and
 * outside, grow from one life of an engine to the next.
 */
class SoakTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final Path MAPPINGS = Path.of("/proc/self/maps");
    private static final int LANES = 4;
    private static final String LEVELS = "lane.*";
    private static final int WARM_UP_LIVES = 3;

    /** One file that each of them leaves open is more than the JVM may. */
    private static final int MEASURED_LIVES = 6;

    /** Engines of the long run before its memory is measured first, and between two measurements. */
    private static final int LIVES_BEFORE_MEMORY = 20;

    private static final int LIVES_BETWEEN_CHECKS = 10;

    /** The list of them is one, and the JVM opens a jar when it needs one more of its classes. */
    private static final int MOST_OPEN_FILES_MORE = 2;

    private static final long KIBIBYTE = 1 << 10;

    /** The JVM itself takes some hundred KiB more, once, at some time. */
    private static final long MOST_HEAP_GROWTH = 512 * KIBIBYTE;

    /** Memory that the JDK keeps for each thread that reads into the heap. */
    private static final long MOST_DIRECT_GROWTH = 64 * KIBIBYTE;

    /** Compilers come and go meanwhile. */
    private static final long MOST_NATIVE_GROWTH = 16 * 1_024 * KIBIBYTE;

    @TempDir
    private Path temporary;

    private long told;

    @Test
    @Tag("ci")
    void shouldHoldNoMoreFilesOrMappingsAfterAFewLives() throws IOException {
        soak(WARM_UP_LIVES + 1 + MEASURED_LIVES, Long.MAX_VALUE, 100);
    }

    /** For two hours, or as many minutes as {@code -Dtollgate.test.soakMinutes} says. */
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
        assertTrue(openFiles > 0, "nothing was measured");
        assertTrue(told > 0, "nothing was followed");
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

    /** Requires that memory was not more and more. */
    static void requireNoMoreMemory(final List<ProcessMemory> looks) {
        requireNoMore("heapBytes", looks, ProcessMemory::heapBytes, MOST_HEAP_GROWTH);
        requireNoMore("directBytes", looks, ProcessMemory::directBytes, MOST_DIRECT_GROWTH);
        requireNoMore("nativeBytes", looks, ProcessMemory::nativeBytes, MOST_NATIVE_GROWTH);
    }

    /** Compares the minimum from the second quarter of the time with that of the rest; the first quarter warms up. */
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
            assertTrue(mappings(temporary) > 0, "what is mapped would not be seen");
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

    /** Half of them end by themselves, and half with their engine. */
    private void leave(final Followers followers, final Random random) {
        if (random.nextBoolean()) {
            followers.close();
        }
        told += followers.reportedCount();
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

    /** How many mappings of files of the engines the process has; the list names them by path, deleted ones too. */
    static long mappings(final Path directory) throws IOException {
        final String name = directory.toRealPath().toString();
        try (Stream<String> lines = Files.lines(MAPPINGS)) {
            return lines.filter(line -> line.contains(name)).count();
        }
    }
}
