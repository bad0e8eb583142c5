package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.open.ForeignLogTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A file or checkpoint is replaced by its counterpart. That one belongs to an earlier or later checkpoint, or to
 * another directory with more or less progress. Each check detects a replacement that matters, and recovery repairs it.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LikeFileDamageTest {
    private static final int FILLERS = 700;
    private static final int MORE_FILLERS = 900;
    private static final int LESS_FILLERS = 500;
    private static final int SOME = 12;

    @TempDir
    private Path temporary;

    /** A directory, and a copy of it from before its close, as a kill leaves it. */
    private record Filled(Path closed, Path killed) {
        Path directory(final boolean isClosed) {
            return isClosed ? closed : killed;
        }
    }

    private Filled fill(final String name, final CheckpointPolicy policy, final int fillers) throws IOException {
        final Path directory = temporary.resolve(name);
        final Path killed = temporary.resolve(name + "-killed");
        try (Engine engine = DamagedDirectory.fillWithCheckpoints(directory, policy, fillers)) {
            assertTrue(engine.now() > 0);
            new DamagedDirectory(directory).copyTo(killed);
        }
        return new Filled(directory, killed);
    }

    private record Replacement(String name, Path other) {}

    private static List<Replacement> replacements(final Path own, final List<Path> others) throws IOException {
        final List<String> names = new ArrayList<>(new DamagedDirectory(own).files());
        for (final Path checkpoint : new DirectoryFiles(own).checkpoints()) {
            names.add(own.relativize(checkpoint).toString());
        }
        final boolean isOneSegment = ForeignLogTest.usedSegments(own).size() == 1;
        final List<Replacement> found = new ArrayList<>();
        for (final String name : names) {
            // A log with only one segment would be that of another directory. The opening refuses that log, like a
            // manifest of
            // another directory.
            if (!name.equals(ManifestFile.FILE_NAME) && !(name.endsWith(".seg") && isOneSegment)) {
                others.forEach(
                        other -> likes(own, name, other).forEach(like -> found.add(new Replacement(name, like))));
            }
            likes(own, name, own).forEach(like -> found.add(new Replacement(name, like)));
        }
        found.removeIf(replacement ->
                !Files.exists(replacement.other()) || replacement.other().equals(own.resolve(replacement.name())));
        return found;
    }

    /** Returns the files that may replace a file: for a checkpoint, those of all checkpoints. */
    private static List<Path> likes(final Path own, final String name, final Path other) {
        for (final Path checkpoint : new DirectoryFiles(own).checkpoints()) {
            final Path file = own.resolve(name);
            if (file.startsWith(checkpoint)) {
                return new DirectoryFiles(other)
                        .checkpoints().stream()
                                .map(like -> like.resolve(checkpoint.relativize(file)))
                                .toList();
            }
        }
        return List.of(other.resolve(name));
    }

    private void replace(final boolean isDeleting, final boolean isClosed, final int most) throws IOException {
        final CheckpointPolicy policy =
                isDeleting ? CheckpointPolicy.ON_REQUEST.deletingOldLog() : CheckpointPolicy.ON_REQUEST;
        final Path own = fill("own", policy, FILLERS).directory(isClosed);
        final List<Path> others = List.of(
                fill("more", policy, MORE_FILLERS).directory(isClosed),
                fill("less", policy, LESS_FILLERS).directory(isClosed));
        final List<Replacement> all = replacements(own, others);
        assertTrue(all.size() > 2 * SOME, "replacements=" + all.size());
        Collections.shuffle(all, new Random(TestSeed.of("LikeFileDamageTest")));
        final Filled undeleted = fill("undeleted", CheckpointPolicy.ON_REQUEST, FILLERS);
        final FileDamage damage = new FileDamage(
                new DamagedDirectory(own), temporary, new DamagedDirectory(undeleted.closed())::operations);
        for (final Replacement replacement : all.subList(0, Math.min(most, all.size()))) {
            damage.replace(replacement.name(), replacement.other());
        }
    }

    @ParameterizedTest
    @Tag("ci")
    @CsvSource({"true, false", "false, true"})
    void shouldSurviveSome(final boolean isDeleting, final boolean isClosed) throws IOException {
        replace(isDeleting, isClosed, SOME);
    }

    @ParameterizedTest
    @Tag("nightly")
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @CsvSource({"false, true", "false, false", "true, true", "true, false"})
    void shouldSurviveAll(final boolean isDeleting, final boolean isClosed) throws IOException {
        replace(isDeleting, isClosed, Integer.MAX_VALUE);
    }
}
