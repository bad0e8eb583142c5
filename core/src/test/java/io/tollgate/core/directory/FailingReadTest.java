package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FailingReads;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.manifest.DirectoryLock;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each query about a file fails once, so the operating system cannot say if the file exists. No file counts as missing
 * then. The answers are the same, or there is a refusal, and a repetition gives the same answers.
 */
class FailingReadTest {
    private static final List<String> KEYS = List.of("damage.step", "damage.flow", "damage.sum", "damage.filler");
    private static final Window WINDOW = Window.slidingNs(1_000);

    @TempDir
    private Path temporary;

    private final Random random = new Random(TestSeed.of("FailingReadTest"));
    private int rounds;

    private enum Use {
        OPENING {
            @Override
            List<String> answers(final Path directory, final Path target) {
                try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(directory))) {
                    assertEquals(1, engine.updates().list().size(), "subscriptions");
                    return FailingReadTest.answers(
                            engine.series()::find, new TestReader(engine.newReader()), engine.now());
                }
            }
        },
        CHECK {
            @Override
            List<String> answers(final Path directory, final Path target) {
                final DirectoryCheck check = DirectoryCheck.of(directory);
                assertEquals(List.of(), check.damages());
                return OPENING.answers(directory, target);
            }
        },
        RECOVERY {
            @Override
            List<String> answers(final Path directory, final Path target) {
                final RecoveryReport report = DirectoryRecovery.recover(DamagedDirectory.context(directory), target);
                assertFalse(report.isPromiseBroken(), () -> report.lines().toString());
                assertTrue(report.damages().isEmpty(), () -> report.lines().toString());
                return OPENING.answers(target, directory);
            }
        },
        BACKUP {
            @Override
            List<String> answers(final Path directory, final Path target) {
                DirectoryBackup.make(DamagedDirectory.context(directory), target);
                return OPENING.answers(target, target);
            }
        },
        VIEW {
            @Override
            List<String> answers(final Path directory, final Path target) {
                try (DirectoryView view = DirectoryView.open(directory)) {
                    return FailingReadTest.answers(
                            view::find,
                            new TestReader(view.newReader()),
                            view.now().orElseThrow());
                }
            }
        };

        abstract List<String> answers(Path directory, Path target);
    }

    /** Only the header has the clock and the registrations by pattern. */
    @Test
    void shouldNotReplaceAnUnreadableHeader() throws IOException {
        failAtEach(Use.OPENING, true, file -> file.endsWith("header"), 1);
    }

    /** The disk fails in the middle of a directory of the data, the store or the log. */
    @ParameterizedTest
    @CsvSource({"OPENING, 47", "CHECK, 83", "RECOVERY, 107", "BACKUP, 47", "VIEW, 37"})
    void shouldTakeNoFileForMissingIfADirectoryIsNotReadToItsEnd(final Use use, final int step) throws IOException {
        failAtEach(use, random.nextBoolean(), file -> true, true, step);
    }

    @ParameterizedTest
    @CsvSource({"OPENING, 140", "CHECK, 300", "RECOVERY, 380", "BACKUP, 120", "VIEW, 90"})
    void shouldTakeNoFileForMissingAtReadsOfAllKinds(final Use use, final int step) throws IOException {
        failAtEach(use, random.nextBoolean(), file -> true, step);
    }

    @ParameterizedTest
    @Tag("nightly")
    @CsvSource({"OPENING, 1", "CHECK, 1", "RECOVERY, 1", "BACKUP, 1", "VIEW, 1"})
    void shouldTakeNoFileForMissingAtAnyRead(final Use use, final int step) throws IOException {
        failAtEach(use, true, file -> true, step);
        failAtEach(use, false, file -> true, step);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldLeaveNoFileOpenIfAViewFails() throws IOException {
        final Path directory = copy(fill(false), "looked");
        final long before = openCount(directory);
        int refusals = 0;
        boolean hasFailed = true;
        for (int k = 0; hasFailed; k++) {
            final List<Path> failed = new ArrayList<>();
            final Path looked = failingAt(k, directory, file -> true, false, failed);
            try {
                assertTrue(DirectoryInspection.of(looked).store() > 0);
                try (DirectoryView view = DirectoryView.open(looked)) {
                    view.forEachSummary(series -> assertTrue(series.isIntact()));
                }
            } catch (final IllegalStateException | UncheckedIOException e) {
                refusals++;
            }
            assertEquals(before, openCount(directory), () -> "failed=" + failed);
            hasFailed = !failed.isEmpty();
        }
        assertTrue(refusals > 20, "refusals=" + refusals);
    }

    /** Returns the number of files below a directory that this process has open. */
    private static long openCount(final Path directory) throws IOException {
        final Path real = directory.toRealPath();
        long count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (final Path descriptor : descriptors) {
                try {
                    count += Files.readSymbolicLink(descriptor).startsWith(real) ? 1 : 0;
                } catch (final NoSuchFileException e) {
                    // The descriptor was closed meanwhile.
                }
            }
        }
        return count;
    }

    /** Each use makes more queries than that. */
    private static final int FEWEST_READS = 60;

    private void failAtEach(final Use use, final boolean isClosed, final Predicate<Path> failing, final int step)
            throws IOException {
        failAtEach(use, isClosed, failing, false, step);
    }

    private void failAtEach(
            final Use use,
            final boolean isClosed,
            final Predicate<Path> failing,
            final boolean isOfEntries,
            final int step)
            throws IOException {
        final Path source = fill(isClosed);
        final List<String> expected = Use.OPENING.answers(copy(source, "whole"), source);
        final byte[] header = Files.readAllBytes(header(source));
        int failures = 0;
        boolean hasFailed = true;
        for (int k = random.nextInt(Math.min(step, FEWEST_READS)); hasFailed; k += step) {
            final Path directory = copy(source, "looked-at");
            final List<Path> failed = new ArrayList<>();
            final Path looked = failingAt(k, directory, failing, isOfEntries, failed);
            final String what = use + " isClosed=" + isClosed + " look=" + k + " failed=";
            try {
                assertEquals(
                        expected, use.answers(looked, looked.resolveSibling("target-" + rounds)), () -> what + failed);
            } catch (final IllegalStateException | UncheckedIOException e) {
                assertFalse(failed.isEmpty(), () -> what + failed + ": " + e);
            }
            if (isClosed && new DirectoryFiles(directory).isClosed()) {
                assertArrayEquals(header, Files.readAllBytes(header(directory)), () -> what + failed);
            }
            hasFailed = !failed.isEmpty();
            failures += failed.size();
            assertEquals(expected, Use.OPENING.answers(directory, directory), () -> what + failed + " asked again");
            DamagedDirectory.delete(directory);
            DamagedDirectory.delete(temporary.resolve("target-" + rounds));
        }
        assertTrue(failures > 0, "failures=" + failures);
    }

    /**
     * Returns a path to a directory whose k-th matching query fails. The queries are all queries, or only those that
     * read directories.
     */
    private static Path failingAt(
            final int k,
            final Path directory,
            final Predicate<Path> failing,
            final boolean isOfEntries,
            final List<Path> failed) {
        final int[] looks = {0};
        final FailingReads.Looking any = path -> {
            if (path.startsWith(directory) && failing.test(path) && looks[0]++ == k) {
                failed.add(path);
                throw new IOException("file=" + path + ": Stale file handle");
            }
        };
        return FailingReads.over(directory, isOfEntries ? ofEntries(any) : any);
    }

    private static FailingReads.Looking ofEntries(final FailingReads.Looking any) {
        return new FailingReads.Looking() {
            @Override
            public void at(final Path path) {
                // Queries about files do not fail.
            }

            @Override
            public void atEntryOf(final Path directory) throws IOException {
                any.at(directory);
            }
        };
    }

    /** Returns a directory with checkpoints and without its old log, closed or left by a kill. */
    private Path fill(final boolean isClosed) throws IOException {
        final Path data = temporary.resolve("data-" + isClosed);
        final Path left = temporary.resolve("left-" + isClosed);
        try (Engine engine = DamagedDirectory.fillWithCheckpoints(data)) {
            assertEquals(1, engine.updates().list().size(), "subscriptions");
            new DamagedDirectory(data).copyTo(left);
        }
        // The lock names this process as its owner, which lives.
        Files.delete(left.resolve(DirectoryLock.FILE_NAME));
        return isClosed ? data : left;
    }

    /** Makes a copy that is adopted, so that it counts as the original. */
    private Path copy(final Path source, final String name) throws IOException {
        final Path copy = temporary.resolve(name + "-" + ++rounds);
        new DamagedDirectory(source).copyTo(copy);
        return copy;
    }

    private static Path header(final Path directory) {
        return new DirectoryFiles(directory).store().resolve("header");
    }

    private static List<String> answers(
            final Function<String, Optional<Series>> found, final TestReader reader, final long now) {
        final AnswerText text = new AnswerText(reader);
        final List<String> answers = new ArrayList<>(List.of("now=" + now));
        for (final String key : KEYS) {
            final Series series = found.apply(key).orElseThrow(() -> new AssertionError("no series " + key));
            for (long at = -30; at < 11L * DamagedDirectory.POINTS; at += 97) {
                answers.add(key + " at=" + at + " " + text.of(series, WINDOW, at, Instants.MAX));
            }
        }
        return answers;
    }
}
