package io.tollgate.core;

import io.tollgate.core.log.LogPositions;
import io.tollgate.core.log.SystemFileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * A disk that knows what of the log was forced to it, and can say what it would hold if the power failed now: of each
 * file that was changed since it was forced some sectors as they are and the others as they were, and of each directory
 * the names as they are or as they were.
 */
final class PowerLoss extends HookedFiles {
    private static final int SECTOR_LENGTH = 512;
    private static final Path POSITIONS = Path.of("shard-0/positions");

    /** Is told between two calls. */
    interface Boundary {
        void reached() throws IOException;
    }

    private final Path data;
    private final Random random;
    private Boundary boundary = () -> {};
    private boolean isFailing;

    /** What each file has on disk, by a number that it keeps under all its names. */
    private final Map<Integer, byte[]> forced = new HashMap<>();

    private final Map<Path, Integer> names = new HashMap<>();
    private final Map<Path, Integer> forcedNames = new HashMap<>();
    private int fileCount;

    PowerLoss(final Path data, final Random random) {
        this.data = data;
        this.random = random;
    }

    void onBoundary(final Boundary listener) {
        boundary = listener;
    }

    /** Says that here the power may fail. */
    void boundary() throws IOException {
        if (!isFailing) {
            isFailing = true;
            boundary.reached();
            isFailing = false;
        }
    }

    @Override
    void before(final Call call, final Path file) throws IOException {
        if (call != Call.WRITE) {
            boundary();
        }
    }

    @Override
    void after(final Call call, final Path file, final Path target) throws IOException {
        switch (call) {
            case CREATE -> names.put(file, fileCount++);
            case FORCE -> forced.put(names.get(file), Files.readAllBytes(file));
            case RENAME -> names.put(target, names.remove(file));
            case DELETE -> names.remove(file);
            case FORCE_DIRECTORY -> {
                forcedNames.keySet().removeIf(name -> name.getParent().equals(file));
                names.forEach((name, number) -> {
                    if (name.getParent().equals(file)) {
                        forcedNames.put(name, number);
                    }
                });
            }
            default -> {
                // Nothing of a write is on disk before it is forced.
            }
        }
        if (call != Call.WRITE) {
            boundary();
        }
    }

    /** Makes a directory of what the disk would hold, for another run of the machine. The store goes. */
    void fail(final Path target) throws IOException {
        Files.createDirectories(target.resolve("shard-0/log"));
        copyIfThere("tollgate.header", target);
        for (final Path directory : new Path[] {data.resolve("shard-0"), data.resolve("shard-0/log")}) {
            final Map<Path, Integer> found = random.nextBoolean() ? names : forcedNames;
            for (final Map.Entry<Path, Integer> entry : found.entrySet()) {
                if (entry.getKey().getParent().equals(directory)) {
                    Files.write(target.resolve(data.relativize(entry.getKey())), contents(entry.getValue()));
                }
            }
        }
        final Path positions = target.resolve(POSITIONS);
        if (Files.exists(positions)) {
            final long durable = LogPositions.read(positions).orElseThrow().durableSequence();
            LogPositions.create(new SystemFileAccess(), positions, "another boot", durable)
                    .close();
        }
    }

    private void copyIfThere(final String name, final Path target) throws IOException {
        if (Files.exists(data.resolve(name))) {
            Files.copy(data.resolve(name), target.resolve(name));
        }
    }

    private byte[] contents(final int number) throws IOException {
        final byte[] old = forced.getOrDefault(number, new byte[0]);
        byte[] now = old;
        for (final Map.Entry<Path, Integer> entry : names.entrySet()) {
            if (entry.getValue() == number && Files.exists(entry.getKey())) {
                now = Files.readAllBytes(entry.getKey());
            }
        }
        final byte[] mixed = Arrays.copyOf(old, now.length);
        for (int sector = 0; sector < now.length; sector += SECTOR_LENGTH) {
            if (random.nextBoolean()) {
                System.arraycopy(now, sector, mixed, sector, Math.min(SECTOR_LENGTH, now.length - sector));
            }
        }
        return mixed;
    }
}
