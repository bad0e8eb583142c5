package io.tollgate.core.faults;

import io.tollgate.core.fixture.DamagedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A disk that tracks forces, and can write the files as a power failure would leave them. A file changed since its last
 * force has some old and some new sectors, or only old or only new ones. A directory has the names of its last force or
 * of any change since. A checkpoint and a closed store must be forced as a whole, which the operating system confirms.
 */
public final class PowerLoss extends HookedFiles {
    private static final int SECTOR_LENGTH = 512;

    /**
     * Runs before and after each call except a write. At the next boundary the disk may have any part of the written
     * data, as between two writes.
     */
    public interface Boundary {
        void reached() throws IOException;
    }

    /** A file or a directory, under any name. */
    private static final class Node {
        /** The current path; null after it is deleted. */
        private Path path;

        /** For a file: the bytes on the disk. */
        private byte[] forced = new byte[0];

        /** True after a force failed: no later write reaches the disk. */
        private boolean isBroken;

        /** For a directory: the possible names on disk, those of the last force and those after each later change. */
        private final List<Map<String, Node>> possible = new ArrayList<>(List.of(Map.of()));

        private final boolean isDirectory;

        Node(final Path path, final boolean isDirectory) {
            this.path = path;
            this.isDirectory = isDirectory;
        }
    }

    private Path data;
    private final Random random;
    private final Map<Path, Node> nodes = new TreeMap<>();
    private final Node root;
    private Boundary boundary = () -> {};
    private boolean isFailing;
    private long checkpointCount;
    private long closeCount;
    private long forcesUntilError = Long.MAX_VALUE;

    public PowerLoss(final Path data, final Random random) {
        this.data = data;
        this.random = random;
        root = new Node(data, true);
        nodes.put(data, root);
    }

    public void onBoundary(final Boundary listener) {
        boundary = listener;
    }

    /**
     * Makes one force of a file or directory fail. Later forces succeed, but the data of the failed one never reaches
     * the disk.
     *
     * @param number number of the force, from 0.
     */
    public void failForce(final long number) {
        forcesUntilError = number;
    }

    /** Returns true after the failing force was requested. */
    public boolean hasFailed() {
        return forcesUntilError < 0;
    }

    /** Returns the number of renamed checkpoints. */
    public long checkpointCount() {
        return checkpointCount;
    }

    /** Returns the number of clean closes of the store. */
    public long closeCount() {
        return closeCount;
    }

    /**
     * Kills the writing process. The next process finds all written data in a copy, of which only the forced data is on
     * disk. From now on this disk is that of the copy.
     */
    public synchronized void kill(final Path copy) throws IOException {
        new DamagedDirectory(data).copyTo(copy);
        move(data, copy);
        data = copy;
    }

    /** Returns the number of log segments with unforced data. */
    public synchronized long unforcedSegmentCount(final Path log) throws IOException {
        long count = 0;
        for (final Node node : namesIn(log).values()) {
            final boolean isSegment = node.path.toString().endsWith(".seg");
            count += isSegment && !Arrays.equals(node.forced, now(node)) ? 1 : 0;
        }
        return count;
    }

    /** Marks a point at which the power may fail. */
    public synchronized void boundary() throws IOException {
        if (!isFailing) {
            isFailing = true;
            boundary.reached();
            isFailing = false;
        }
    }

    @Override
    public synchronized void before(final Call call, final Path file) throws IOException {
        if (call == Call.RENAME || call == Call.FORCE) {
            know(file);
        }
        if (call == Call.RENAME && file.getFileName().toString().matches("checkpoint-[0-9]+\\.new")) {
            requireOnDisk(file, name -> true);
            checkpointCount++;
        } else if (call == Call.RENAME && file.endsWith("store/seal.new")) {
            requireOnDisk(file.getParent(), name -> !name.startsWith("seal"));
            closeCount++;
        }
        if ((call == Call.FORCE || call == Call.FORCE_DIRECTORY) && forcesUntilError-- == 0) {
            if (call == Call.FORCE) {
                nodes.get(file).isBroken = true;
            }
            throw new IOException("Input/output error");
        }
        if (call != Call.WRITE) {
            boundary();
        }
    }

    private void requireOnDisk(final Path directory, final Predicate<String> isNeeded) throws IOException {
        if (DirtyPages.areReported(data)) {
            final List<Path> dirty = DirtyPages.filesIn(directory).stream()
                    .filter(file -> isNeeded.test(file.getFileName().toString()))
                    .toList();
            if (!dirty.isEmpty()) {
                throw new AssertionError("dirty=" + dirty + ", expected all of them on disk");
            }
        }
    }

    /** Other code creates the file of a map. */
    private void know(final Path file) {
        if (file.startsWith(data) && !nodes.containsKey(file)) {
            add(new Node(file, false));
        }
    }

    private void add(final Node node) {
        nodes.put(node.path, node);
        changed(node.path.getParent());
    }

    /** The disk may also have the current names of a directory. */
    private void changed(final Path directory) {
        nodes.get(directory).possible.add(namesIn(directory));
    }

    private Map<String, Node> namesIn(final Path directory) {
        final Map<String, Node> names = new TreeMap<>();
        nodes.forEach((path, node) -> {
            if (directory.equals(path.getParent())) {
                names.put(path.getFileName().toString(), node);
            }
        });
        return names;
    }

    @Override
    public synchronized void after(final Call call, final Path file, final Path target) throws IOException {
        if (file.startsWith(data)) {
            switch (call) {
                case CREATE -> add(new Node(file, false));
                case CREATE_DIRECTORY -> {
                    if (!nodes.containsKey(file)) {
                        add(new Node(file, true));
                    }
                }
                case FORCE -> forced(nodes.get(file));
                case RENAME -> renamed(file, target);
                case DELETE -> deleted(file);
                case FORCE_DIRECTORY -> {
                    final List<Map<String, Node>> possible = nodes.get(file).possible;
                    possible.clear();
                    possible.add(namesIn(file));
                }
                default -> {
                    // A write is not on disk before its force.
                }
            }
        }
        if (call != Call.WRITE) {
            boundary();
        }
    }

    private static void forced(final Node node) throws IOException {
        if (!node.isBroken) {
            node.forced = Files.readAllBytes(node.path);
        }
    }

    /** The contents of a directory move with it. */
    private void renamed(final Path file, final Path target) {
        final Node replaced = nodes.remove(target);
        if (replaced != null) {
            replaced.path = null;
        }
        move(file, target);
        changed(file.getParent());
    }

    private void move(final Path file, final Path target) {
        for (final Node node : List.copyOf(nodes.values())) {
            if (node.path.startsWith(file)) {
                nodes.remove(node.path);
                node.path = node.path.equals(file) ? target : target.resolve(file.relativize(node.path));
                nodes.put(node.path, node);
            }
        }
    }

    private void deleted(final Path file) {
        final Node node = nodes.remove(file);
        if (node != null) {
            node.path = null;
            changed(file.getParent());
        }
    }

    /**
     * Writes the contents of the disk to a directory. The directory counts as a copy, so only forced data is durable.
     */
    public synchronized void fail(final Path target) throws IOException {
        write(root, target);
    }

    private void write(final Node node, final Path copy) throws IOException {
        if (node.isDirectory) {
            Files.createDirectories(copy);
            final Map<String, Node> names = node.possible.get(random.nextInt(node.possible.size()));
            for (final Map.Entry<String, Node> entry : names.entrySet()) {
                write(entry.getValue(), copy.resolve(entry.getKey()));
            }
        } else {
            Files.write(copy, mixed(node.forced, now(node)));
        }
    }

    private static byte[] now(final Node node) throws IOException {
        if (node.path == null || node.isBroken) {
            return node.forced;
        }
        try {
            return Files.readAllBytes(node.path);
        } catch (final NoSuchFileException e) {
            // Another thread has just renamed or deleted the file, and has not reported it yet.
            return node.forced;
        }
    }

    /**
     * Mixes old and new sectors: random ones, those up to one of them, or all of one kind. So one file may be new while
     * another one is old. A file that has grown may have any length in between.
     */
    private byte[] mixed(final byte[] old, final byte[] now) {
        final int grown = now.length - old.length;
        final int length = grown > 0 && random.nextBoolean() ? old.length + random.nextInt(grown) : now.length;
        final byte[] mixed = Arrays.copyOf(old, length);
        final int end = new int[] {0, random.nextInt(length + 1), length, length}[random.nextInt(4)];
        final boolean isAny = random.nextInt(3) == 0;
        IntStream.iterate(0, sector -> sector < end, sector -> sector + SECTOR_LENGTH)
                .filter(sector -> !isAny || random.nextBoolean())
                .forEach(sector ->
                        System.arraycopy(now, sector, mixed, sector, Math.min(SECTOR_LENGTH, length - sector)));
        return mixed;
    }
}
