package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
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
 * Any file or checkpoint of a directory is replaced by the like of it: of the checkpoint before or
 * behind it, and of other directories that are further on or less far. Whatever takes its place is seen where it says
 * anything, and survived.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LikeFileDamageTest {
    private static final int FILLERS = 700;
    private static final int MORE_FILLERS = 900;
    private static final int LESS_FILLERS = 500;
    private static final int SOME = 12;

    @TempDir
    private Path temporary;

    /** A directory, and a copy of it as a kill would have left it. */
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

    /** What is put in the place of what. */
    private record Replacement(String name, Path other) {}

    private static List<Replacement> replacements(final Path own, final List<Path> others) throws IOException {
        final List<String> names = new ArrayList<>(new DamagedDirectory(own).files());
        for (final String name : List.of("checkpoint", "checkpoint.old")) {
            names.add("shard-0/" + name);
        }
        final List<Replacement> found = new ArrayList<>();
        for (final String name : names) {
            if (Files.exists(own.resolve(name))) {
                // A log of a single segment is that of another directory with it, which is refused.
                if (!name.endsWith(".seg") || usedSegments(own, name) > 1) {
                    others.forEach(other -> found.add(new Replacement(name, other.resolve(name))));
                }
                found.add(new Replacement(name, own.resolve(name.replace("checkpoint.old", "checkpoint"))));
                found.add(
                        new Replacement(name, own.resolve(name.replaceFirst("checkpoint(?!.old)", "checkpoint.old"))));
            }
        }
        found.removeIf(replacement ->
                !Files.exists(replacement.other()) || replacement.other().equals(own.resolve(replacement.name())));
        return found;
    }

    private static int usedSegments(final Path directory, final String segment) throws IOException {
        return ForeignLogTest.usedSegments(directory, segment.substring(0, segment.lastIndexOf('/')))
                .size();
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
