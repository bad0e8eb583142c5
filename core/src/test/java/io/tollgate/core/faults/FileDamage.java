package io.tollgate.core.faults;

import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.SurvivingPoints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.function.Supplier;

/** Damages files in copies of a directory, and requires each time that the damage is detected and repaired. */
public final class FileDamage {
    private final DamagedDirectory source;
    private final Path scratch;
    private final Map<String, List<String>> answers;
    private final SurvivingPoints.History history;
    private int rounds;

    /** Damages copies of a directory with a complete log, which gives the same answers undamaged. */
    public FileDamage(final DamagedDirectory source, final Path scratch) throws IOException {
        this(source, scratch, SurvivingPoints.History.ofWhole(source.operations()));
    }

    /** Damages copies of a directory whose log was longer. The given history is compared if a loss is reported. */
    public FileDamage(
            final DamagedDirectory source, final Path scratch, final Supplier<NavigableMap<Long, String>> made)
            throws IOException {
        this(source, scratch, new SurvivingPoints.History(source.operations(), made));
    }

    private FileDamage(final DamagedDirectory source, final Path scratch, final SurvivingPoints.History history)
            throws IOException {
        this.source = source;
        this.scratch = scratch;
        final Path reference = scratch.resolve("reference");
        answers = DamagedDirectory.answers(source.copyTo(reference).path());
        DamagedDirectory.delete(reference);
        this.history = history;
    }

    public interface Mutation {
        void apply(Path file) throws IOException;
    }

    public DamagedDirectory source() {
        return source;
    }

    public Map<String, List<String>> answers() {
        return answers;
    }

    /** Makes a copy, changes a file in it, and requires that the engine survives. */
    public void requireSurvived(final Mutation mutation, final String file, final String what) throws IOException {
        final Path target = scratch.resolve(source.path().getFileName() + "-" + rounds++);
        final DamagedDirectory damaged = source.copyTo(target);
        mutation.apply(target.resolve(file));
        damaged.requireSurvived(answers, history, scratch, source.path().getFileName() + " " + file + " " + what);
        DamagedDirectory.delete(target);
    }

    /** Deletes a file, or clears its contents. */
    public void loseFile(final String file) throws IOException {
        requireSurvived(Files::delete, file, "deleted");
        requireSurvived(path -> Files.write(path, new byte[0]), file, "emptied");
        requireSurvived(path -> Files.write(path, new byte[(int) Files.size(path)]), file, "zero");
    }

    /** Exchanges a file with another one. */
    public void exchange(final String file, final Random random) throws IOException {
        final List<String> files = source.files();
        final String other = files.get(random.nextInt(files.size()));
        exchange(file, other);
        requireSurvived(
                path -> Files.copy(root(path, files).resolve(other), path, StandardCopyOption.REPLACE_EXISTING),
                file,
                "is " + other);
        final String twin = file.replaceFirst("0(?=[^0/]*$)", "1");
        requireSurvived(
                path -> Files.copy(path, root(path, files).resolve(twin), StandardCopyOption.REPLACE_EXISTING),
                file,
                "once more as " + twin);
    }

    /** Deletes each file in turn, and replaces it with another one. */
    public void loseAndExchangeEach(final Random random) throws IOException {
        for (final String file : source.files()) {
            loseFile(file);
            exchange(file, random);
        }
    }

    /** Deletes one file, replaces another one, and damages some at random. */
    public void damageInEachWay(final int count, final Random random) throws IOException {
        final List<String> files = source.files();
        loseFile(files.get(random.nextInt(files.size())));
        exchange(files.get(random.nextInt(files.size())), random);
        damageAtRandom(count, random);
    }

    void exchange(final String file, final String other) throws IOException {
        final List<String> files = source.files();
        requireSurvived(path -> swap(path, root(path, files).resolve(other)), file, other);
    }

    /** Replaces a file, or a checkpoint with all its files. */
    public void replace(final String name, final Path other) throws IOException {
        requireSurvived(path -> DamagedDirectory.put(other, path), name, "is " + other);
    }

    /** Flips bits, truncates files and extends them. */
    public void damageAtRandom(final int count, final Random random) throws IOException {
        final List<String> files = source.files();
        for (int i = 0; i < count; i++) {
            final String file = files.get(random.nextInt(files.size()));
            final Path path = source.path().resolve(file);
            final long used = Math.max(1, random.nextInt(4) == 0 ? Files.size(path) : usedLength(path));
            final long at = (long) (random.nextDouble() * used);
            final int bits = 1 << random.nextInt(8);
            final int kind = random.nextInt(6);
            if (kind == 0) {
                final long length = Files.size(path) + 1 + random.nextInt(10_000);
                requireSurvived(target -> extend(target, length, bits), file, "extended to " + length);
            } else if (kind < 3) {
                requireSurvived(target -> cut(target, at), file, "cut at " + at);
            } else {
                requireSurvived(target -> flip(target, at, bits), file, "flip at " + at);
            }
        }
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

    public static long usedLength(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    public static void flip(final Path file, final long position, final int bits) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer one = ByteBuffer.allocate(1);
            if (channel.read(one, position) == 1) {
                one.put(0, (byte) (one.get(0) ^ bits));
                channel.write(one.flip(), position);
            }
        }
    }

    private static void extend(final Path file, final long length, final int last) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) last}), length - 1);
        }
    }

    public static void cut(final Path file, final long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }
}
