package io.tollgate.core;

import io.tollgate.core.log.LogPositions;
import io.tollgate.core.log.SystemFileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A disk that knows what of the logs and checkpoints was forced to it, and can say what it would hold if the power
 * failed now: of each file that was changed since it was forced some sectors as they are and the others as they were,
 * and of each directory the names as they were when it was forced, or behind any change since. A checkpoint that gets
 * its name is to be on disk, which the operating system is asked about; one that has lost its name is there in part.
 */
final class PowerLoss extends HookedFiles {
    private static final int SECTOR_LENGTH = 512;
    private static final String UNFINISHED_CHECKPOINT = "checkpoint.new";
    private static final String DISCARDED_CHECKPOINT = "checkpoint.gone";

    /** Is told between two calls. */
    interface Boundary {
        void reached() throws IOException;
    }

    private final Path data;
    private final int shardCount;
    private final Random random;
    private Boundary boundary = () -> {};
    private boolean isFailing;
    private long checkpointCount;

    /** What each file has on disk, by a number that it keeps under all its names. */
    private final Map<Integer, byte[]> forced = new HashMap<>();

    /** What each checkpoint has on disk, by such a number. */
    private final Map<Integer, Map<String, byte[]>> checkpoints = new HashMap<>();

    private final Map<Path, Integer> names = new TreeMap<>();

    /** What names each directory may have on disk: as they were when it was forced, and behind each change since. */
    private final Map<Path, List<Map<Path, Integer>>> namesOnDisk = new HashMap<>();

    private int fileCount;

    /** Of what stands in these files nothing comes to the disk any more, as a force of them has failed. */
    private final Set<Integer> broken = new HashSet<>();

    private long forcesUntilError = Long.MAX_VALUE;

    PowerLoss(final Path data, final int shardCount, final Random random) {
        this.data = data;
        this.shardCount = shardCount;
        this.random = random;
    }

    void onBoundary(final Boundary listener) {
        boundary = listener;
    }

    /**
     * One force fails, of a file or a directory. Those behind it succeed; what it was to write never comes to the disk.
     *
     * @param number of the force, from 0.
     */
    void failForce(final long number) {
        forcesUntilError = number;
    }

    /** Whether the force that was to fail has been asked for. */
    boolean hasFailed() {
        return forcesUntilError < 0;
    }

    /** How many checkpoints have got their name. */
    long checkpointCount() {
        return checkpointCount;
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
        if (call == Call.RENAME && isUnfinishedCheckpoint(file)) {
            takeIn(file);
        }
        if ((call == Call.FORCE || call == Call.FORCE_DIRECTORY) && forcesUntilError-- == 0) {
            if (call == Call.FORCE) {
                broken.add(names.get(file));
            }
            throw new IOException("Input/output error");
        }
        if (call != Call.WRITE) {
            boundary();
        }
    }

    private static boolean isUnfinishedCheckpoint(final Path file) {
        return file.endsWith(UNFINISHED_CHECKPOINT);
    }

    /** A checkpoint that is about to get its name: from then on it is relied on. */
    private void takeIn(final Path checkpoint) throws IOException {
        if (DirtyPages.areTold(data)) {
            final List<Path> dirty = DirtyPages.filesIn(checkpoint);
            if (!dirty.isEmpty()) {
                throw new AssertionError("dirty=" + dirty + ", expected all of a checkpoint on disk");
            }
        }
        checkpoints
                .keySet()
                .retainAll(Stream.concat(
                                Stream.of(names), namesOnDisk.values().stream().flatMap(List::stream))
                        .flatMap(all -> all.values().stream())
                        .toList());
        checkpoints.put(fileCount, contentsOf(checkpoint));
        names.put(checkpoint, fileCount++);
        checkpointCount++;
    }

    private static Map<String, byte[]> contentsOf(final Path directory) throws IOException {
        final Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (final Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    @Override
    void after(final Call call, final Path file, final Path target) throws IOException {
        switch (call) {
            case CREATE -> names.put(file, fileCount++);
            case FORCE -> force(names.get(file), file);
            case RENAME -> names.put(target, names.remove(file));
            case DELETE -> names.remove(file);
            case FORCE_DIRECTORY -> namesOnDisk.put(file, new ArrayList<>(List.of(namesIn(file))));
            default -> {
                // Nothing of a write is on disk before it is forced.
            }
        }
        if (call == Call.CREATE || call == Call.RENAME || call == Call.DELETE) {
            namesOnDisk
                    .computeIfAbsent(file.getParent(), directory -> new ArrayList<>(List.of(Map.of())))
                    .add(namesIn(file.getParent()));
        }
        if (call != Call.WRITE) {
            boundary();
        }
    }

    private void force(final int number, final Path file) throws IOException {
        if (!broken.contains(number)) {
            forced.put(number, Files.readAllBytes(file));
        }
    }

    private Map<Path, Integer> namesIn(final Path directory) {
        final Map<Path, Integer> found = new TreeMap<>(names);
        found.keySet().removeIf(name -> !name.getParent().equals(directory));
        return found;
    }

    /** Makes a directory of what the disk would hold, for another run of the machine. The stores that are open go. */
    void fail(final Path target) throws IOException {
        for (int shard = 0; shard < shardCount; shard++) {
            final ShardFiles from = new ShardFiles(data, shard);
            final ShardFiles to = new ShardFiles(target, shard);
            Files.createDirectories(to.log());
            for (final Path directory : new Path[] {from.shard(), from.log()}) {
                final List<Map<Path, Integer>> possible = namesOnDisk.getOrDefault(directory, List.of(Map.of()));
                write(possible.get(random.nextInt(possible.size())), target);
            }
            final Path unfinished = from.shard().resolve(UNFINISHED_CHECKPOINT);
            if (Files.exists(unfinished)) {
                writeInPart(contentsOf(unfinished), to.shard().resolve(UNFINISHED_CHECKPOINT));
            }
            final Path positions = to.shard().resolve("positions");
            if (Files.exists(positions)) {
                final long durable = LogPositions.read(positions).orElseThrow().durableSequence();
                LogPositions.create(new SystemFileAccess(), positions, "another boot", durable)
                        .close();
            }
        }
        if (Files.exists(data.resolve("tollgate.header"))) {
            Files.copy(data.resolve("tollgate.header"), target.resolve("tollgate.header"));
        }
    }

    private void write(final Map<Path, Integer> found, final Path target) throws IOException {
        for (final Map.Entry<Path, Integer> entry : found.entrySet()) {
            final Path file = entry.getKey();
            final Map<String, byte[]> checkpoint = checkpoints.get(entry.getValue());
            if (isUnfinishedCheckpoint(file)) {
                continue;
            }
            final Path copy = target.resolve(data.relativize(file));
            if (checkpoint == null) {
                Files.write(copy, contents(entry.getValue()));
            } else if (file.endsWith(DISCARDED_CHECKPOINT)) {
                writeInPart(checkpoint, copy);
            } else {
                Files.createDirectories(copy);
                for (final Map.Entry<String, byte[]> part : checkpoint.entrySet()) {
                    Files.write(copy.resolve(part.getKey()), part.getValue());
                }
            }
        }
    }

    /** Some of its files, and of these some sectors. */
    private void writeInPart(final Map<String, byte[]> directory, final Path copy) throws IOException {
        Files.createDirectories(copy);
        for (final Map.Entry<String, byte[]> file : directory.entrySet()) {
            if (random.nextBoolean()) {
                Files.write(copy.resolve(file.getKey()), mixed(new byte[0], file.getValue()));
            }
        }
    }

    private byte[] contents(final int number) throws IOException {
        final byte[] old = forced.getOrDefault(number, new byte[0]);
        byte[] now = old;
        for (final Map.Entry<Path, Integer> entry : names.entrySet()) {
            if (entry.getValue() == number && !broken.contains(number) && Files.exists(entry.getKey())) {
                now = Files.readAllBytes(entry.getKey());
            }
        }
        return mixed(old, now);
    }

    /** Some sectors as they were and the others as they are; a file that has grown may have any length between. */
    private byte[] mixed(final byte[] old, final byte[] now) {
        final int grown = now.length - old.length;
        final int length = grown > 0 && random.nextBoolean() ? old.length + random.nextInt(grown) : now.length;
        final byte[] mixed = Arrays.copyOf(old, length);
        IntStream.iterate(0, sector -> sector < length, sector -> sector + SECTOR_LENGTH)
                .filter(sector -> random.nextBoolean())
                .forEach(sector ->
                        System.arraycopy(now, sector, mixed, sector, Math.min(SECTOR_LENGTH, length - sector)));
        return mixed;
    }
}
