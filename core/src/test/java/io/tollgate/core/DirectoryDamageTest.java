package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to the files of a data directory is seen, and survived: closed cleanly before, or killed. */
class DirectoryDamageTest {
    @TempDir
    private Path temporary;

    private DamagedDirectory closed;
    private DamagedDirectory killed;
    private Map<String, List<String>> answers;
    private int rounds;

    @BeforeEach
    void makeDirectories() throws IOException {
        final Path directory = temporary.resolve("closed");
        // What lies in the mappings of an open engine is what a killed one leaves behind.
        try (Engine engine = DamagedDirectory.fill(directory)) {
            assertTrue(engine.now() > 0);
            killed = new DamagedDirectory(directory).copyTo(temporary.resolve("killed"));
        }
        closed = new DamagedDirectory(directory);
        final Path reference = temporary.resolve("reference");
        answers = DamagedDirectory.answers(closed.copyTo(reference).path());
        DamagedDirectory.delete(reference);
    }

    @Test
    void shouldBeSoundUndamaged() throws IOException {
        assertEquals(
                DirectoryCheck.State.SOUND, DirectoryCheck.of(closed.path()).state());
        assertEquals(
                DirectoryCheck.State.NEEDS_RECOVERY,
                DirectoryCheck.of(killed.path()).state());
        requireSurvived(closed, file -> {}, "", "closed");
        requireSurvived(killed, file -> {}, "", "killed");
    }

    @Test
    void shouldSurviveDamageOfEachKind() throws IOException {
        final Random random = new Random(TestSeed.of("shouldSurviveDamageOfEachKind"));
        for (final boolean isClosed : new boolean[] {true, false}) {
            final List<String> files = source(isClosed).files();
            loseFile(isClosed, files.get(random.nextInt(files.size())));
            exchange(isClosed, files.get(random.nextInt(files.size())), random);
            damageAtRandom(isClosed, 4, random);
        }
        final String segment = "shard-0/log/log-0000000000000000.seg";
        final long end = usedLength(closed.path().resolve(segment));
        requireSurvived(closed, path -> flip(path, random.nextInt((int) end), 1), segment, "flip");
        requireSurvived(killed, path -> cut(path, random.nextInt((int) end)), segment, "cut");
    }

    /** A version that was damaged is no earlier layout: nothing is rebuilt as if it were. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4})
    void shouldSeeADamagedVersionAsDamage(final int version) throws IOException {
        final Path target = temporary.resolve("version-" + version);
        closed.copyTo(target);
        final Path header = target.resolve("shard-0/header");
        final byte[] bytes = Files.readAllBytes(header);
        bytes[8] = (byte) version;
        Files.write(header, bytes);
        final IllegalStateException refusal = assertThrows(
                IllegalStateException.class,
                () -> TollgateEngine.launch(DamagedDirectory.context(target)).close());
        assertTrue(refusal.getMessage().contains("header"), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("run recover"), refusal::getMessage);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(target).state());
        final RecoveryReport report = DirectoryRecovery.recover(DamagedDirectory.context(target));
        assertEquals(RecoveryReport.Condition.DAMAGED, report.shards().get(0).condition());
        assertEquals(answers, DamagedDirectory.answers(target));
    }

    /** The header of the store knows how far the log went when it was closed, whatever has become of the marks. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2_000})
    void shouldMissWhatTheLogHadWhenItWasClosedWithoutAnyMark(final int length) throws IOException {
        final Path target = temporary.resolve("unmarked");
        closed.copyTo(target);
        Files.delete(target.resolve("shard-0/clean"));
        cut(target.resolve("shard-0/log/log-0000000000000000.seg"), length);
        final IllegalStateException e = assertThrows(
                IllegalStateException.class, () -> TollgateEngine.launch(DamagedDirectory.context(target)));
        assertTrue(e.getMessage().contains("run recover"), e::getMessage);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(target).state());
        final RecoveryReport report = DirectoryRecovery.recover(DamagedDirectory.context(target));
        assertTrue(report.isPromiseBroken(), report::toString);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
    }

    @ParameterizedTest
    @Tag("nightly")
    @ValueSource(booleans = {true, false})
    void shouldSurviveTheLossOfAnyFileAndAnyOtherInItsPlace(final boolean isClosed) throws IOException {
        final Random random = new Random(TestSeed.of("shouldSurviveTheLossOfAnyFileAndAnyOtherInItsPlace"));
        for (final String file : source(isClosed).files()) {
            loseFile(isClosed, file);
            exchange(isClosed, file, random);
        }
    }

    @Test
    @Tag("ci")
    void shouldSurviveManyFlippedBitsAndCutFiles() throws IOException {
        final Random random = new Random(TestSeed.of("shouldSurviveManyFlippedBitsAndCutFiles"));
        for (final boolean isClosed : new boolean[] {true, false}) {
            damageAtRandom(isClosed, 10, random);
        }
    }

    @ParameterizedTest
    @Tag("nightly")
    @ValueSource(booleans = {true, false})
    void shouldSurviveAThousandFlippedBitsAndCutFiles(final boolean isClosed) throws IOException {
        damageAtRandom(isClosed, 1_000, new Random(TestSeed.of("shouldSurviveAThousandFlippedBitsAndCutFiles")));
    }

    @ParameterizedTest
    @Tag("nightly")
    @ValueSource(booleans = {true, false})
    void shouldSurviveAFlipOfEachByteOfTheLogAndACutAtEach(final boolean isClosed) throws IOException {
        final String segment = "shard-0/log/log-0000000000000000.seg";
        final long end = usedLength(source(isClosed).path().resolve(segment)) + 16;
        for (long position = 0; position < end; position++) {
            final long at = position;
            requireSurvived(source(isClosed), path -> flip(path, at, 1 << at % 8), segment, "flip at " + at);
            requireSurvived(source(isClosed), path -> cut(path, at), segment, "cut at " + at);
        }
    }

    private void loseFile(final boolean isClosed, final String file) throws IOException {
        requireSurvived(source(isClosed), Files::delete, file, "deleted");
        requireSurvived(source(isClosed), path -> Files.write(path, new byte[0]), file, "emptied");
        requireSurvived(source(isClosed), path -> Files.write(path, new byte[(int) Files.size(path)]), file, "zero");
    }

    private void exchange(final boolean isClosed, final String file, final Random random) throws IOException {
        final List<String> files = source(isClosed).files();
        final String other = files.get(random.nextInt(files.size()));
        requireSurvived(source(isClosed), path -> swap(path, root(path, files).resolve(other)), file, other);
        requireSurvived(
                source(isClosed),
                path -> Files.copy(root(path, files).resolve(other), path, StandardCopyOption.REPLACE_EXISTING),
                file,
                "is " + other);
        final String twin = file.replaceFirst("0(?=[^0/]*$)", "1");
        requireSurvived(
                source(isClosed),
                path -> Files.copy(path, root(path, files).resolve(twin), StandardCopyOption.REPLACE_EXISTING),
                file,
                "once more as " + twin);
    }

    private void damageAtRandom(final boolean isClosed, final int count, final Random random) throws IOException {
        final List<String> files = source(isClosed).files();
        for (int i = 0; i < count; i++) {
            final String file = files.get(random.nextInt(files.size()));
            final Path path = source(isClosed).path().resolve(file);
            final long used = Math.max(1, random.nextInt(4) == 0 ? Files.size(path) : usedLength(path));
            final long at = (long) (random.nextDouble() * used);
            final int bits = 1 << random.nextInt(8);
            if (random.nextInt(3) == 0) {
                requireSurvived(source(isClosed), target -> cut(target, at), file, "cut at " + at);
            } else {
                requireSurvived(source(isClosed), target -> flip(target, at, bits), file, "flip at " + at);
            }
        }
    }

    private DamagedDirectory source(final boolean isClosed) {
        return isClosed ? closed : killed;
    }

    /** Something that is done to a file. */
    private interface Mutation {
        void apply(Path file) throws IOException;
    }

    private void requireSurvived(
            final DamagedDirectory source, final Mutation mutation, final String file, final String what)
            throws IOException {
        final Path target = temporary.resolve("damaged-" + rounds++);
        final DamagedDirectory damaged = source.copyTo(target);
        mutation.apply(target.resolve(file));
        damaged.requireSurvived(answers, temporary, source.path().getFileName() + " " + file + " " + what);
        DamagedDirectory.delete(target);
    }

    private static Path root(final Path path, final List<String> files) {
        for (final String file : files) {
            if (path.endsWith(file)) {
                return path.getRoot()
                        .resolve(path.subpath(
                                0, path.getNameCount() - Path.of(file).getNameCount()));
            }
        }
        throw new IllegalArgumentException("path=" + path);
    }

    private static void swap(final Path file, final Path other) throws IOException {
        if (!file.equals(other)) {
            final byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Files.readAllBytes(other));
            Files.write(other, bytes);
        }
    }

    private static long usedLength(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static void flip(final Path file, final long position, final int bits) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer one = ByteBuffer.allocate(1);
            if (channel.read(one, position) == 1) {
                one.put(0, (byte) (one.get(0) ^ bits));
                channel.write(one.flip(), position);
            }
        }
    }

    private static void cut(final Path file, final long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }
}
