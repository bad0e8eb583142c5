package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.api.Engine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine under a changing load, with series that end, checkpoints of its own and on request, old log that goes, and
 * backups, opened and closed over and over: neither the files that the process has open, nor those that it has mapped,
 * nor its memory, in the heap and outside, grow from one life of an engine to the next.
 */
class SoakTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final Path MAPPINGS = Path.of("/proc/self/maps");
    private static final int LANES = 4;
    private static final int WARM_UP_LIVES = 3;
    /** Of the long run: the memory of a JVM settles in its first minutes. */
    private static final int LIVES_OF_MEMORY = 10;

    private static final long MEBIBYTE = 1 << 20;
    private static final long MOST_HEAP_GROWTH = 16 * MEBIBYTE;
    private static final long MOST_DIRECT_GROWTH = 4 * MEBIBYTE;
    private static final long MOST_RESIDENT_GROWTH = 160 * MEBIBYTE;
    private static final Path STATUS = Path.of("/proc/self/status");

    @TempDir
    private Path temporary;

    @Test
    @Tag("ci")
    void shouldHoldNoMoreFilesOrMappingsAfterAFewLives() throws IOException {
        soak(WARM_UP_LIVES + 3, Long.MAX_VALUE, 100);
    }

    /** For two hours, or as many minutes as {@code -Dtollgate.test.soakMinutes} says. */
    @Test
    @Tag("nightly")
    void shouldHoldNoMoreFilesMappingsOrMemoryAfterHours() throws IOException {
        final long minutes = Long.getLong("tollgate.test.soakMinutes", 120);
        soak(Integer.MAX_VALUE, System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes), 2_000);
    }

    private void soak(final int lives, final long deadlineNs, final int most) throws IOException {
        assumeTrue(Files.isDirectory(OPEN_FILES), "no list of open files here");
        final Random random = new Random(TestSeed.of("SoakTest"));
        long openFiles = 0;
        Memory first = null;
        Memory last = null;
        assertEquals(0, mappings());
        for (int life = 0; life < lives && System.nanoTime() < deadlineNs; life++) {
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
            if (life > 0 && life % LIVES_OF_MEMORY == 0) {
                last = Memory.now();
                System.out.println("SoakTest: life=" + life + " openFiles=" + openFiles() + " " + last);
                first = first == null ? last : first;
                last.requireNoMoreThan(first, "life=" + life);
            }
        }
        assertTrue(openFiles > 0, "nothing was measured");
        assertTrue(
                lives < LIVES_OF_MEMORY || first != last, "memory was measured " + (first == null ? "never" : "once"));
    }

    /**
     * What the process has, after a collection of garbage, and after the C library has given back what was freed: it
     * keeps much of what compilers of the JVM have used.
     *
     * @param heapBytes     in use.
     * @param directBytes   of buffers outside the heap.
     * @param residentBytes of memory that is no file's, 0 where the JVM cannot ask the C library.
     */
    private record Memory(long heapBytes, long directBytes, long residentBytes) {
        static Memory now() throws IOException {
            System.gc();
            final long heap =
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            final long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            return new Memory(heap, direct, isTrimmed() ? resident() : 0);
        }

        private static boolean isTrimmed() {
            try {
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "systemTrimNativeHeap",
                                new Object[0],
                                new String[0]);
                return true;
            } catch (final JMException e) {
                return false;
            }
        }

        private static long resident() throws IOException {
            try (Stream<String> lines = Files.lines(STATUS)) {
                return lines.filter(line -> line.startsWith("RssAnon:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                        .sum();
            }
        }

        void requireNoMoreThan(final Memory before, final String what) {
            final String both = what + " memory=" + this + " at first " + before;
            assertTrue(heapBytes - before.heapBytes <= MOST_HEAP_GROWTH, both);
            assertTrue(directBytes - before.directBytes <= MOST_DIRECT_GROWTH, both);
            assertTrue(residentBytes - before.residentBytes <= MOST_RESIDENT_GROWTH, both);
        }
    }

    private void live(final Path data, final int shardCount, final int operations, final Random random)
            throws IOException {
        final Path backup = temporary.resolve("backup");
        final CheckpointPolicy policy = CheckpointPolicy.ON_REQUEST
                .everyOperations(1 + random.nextInt(3_000))
                .deletingOldLog();
        try (Engine engine = TollgateEngine.launch(Lanes.context(shardCount)
                .directory(data)
                .checkpoints(random.nextBoolean() ? policy : CheckpointPolicy.ON_REQUEST))) {
            final Lanes lanes = new Lanes(engine, LANES);
            final Lives lives = new Lives(engine);
            assertTrue(mappings() > 0, "what is mapped would not be seen");
            int from = 0;
            while (from < operations) {
                final int to = Math.min(operations, from + 1 + random.nextInt(200));
                for (int lane = 0; lane < LANES; lane++) {
                    lanes.feed(lane, from, to);
                }
                for (int number = from; number < to; number++) {
                    lives.offer(number);
                }
                engine.checkpoint();
                from = to;
            }
            engine.backup(backup);
        }
        FileTree.delete(backup);
        try (Engine engine = TollgateEngine.launch(Lanes.context(shardCount).directory(data))) {
            assertEquals(operations, Lanes.numberIn(engine, 0));
            assertEquals(operations, Lives.numberIn(engine));
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
