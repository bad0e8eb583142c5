package io.tollgate.core.manifest;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileContents;
import io.tollgate.core.file.FileProbe;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.report.DirectoryState;
import io.tollgate.core.store.seal.StoreDirectory;
import io.tollgate.core.store.seal.StoreSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The paths in a data directory, and the directories in it. Stateless; {@link ManifestFile} says what they hold.
 *
 * @param path of the directory, without links.
 */
public record DataDirectory(Path path) {
    /** The name of the file with the counters of the engine. */
    public static final String COUNTERS_FILE = "counters";

    private static final int DEPTH = 3;
    private static final String UNFINISHED_SUFFIX = ".new";
    private static final Pattern CHECKPOINT_NAME = Pattern.compile("checkpoint-(0|[1-9][0-9]{0,18})");
    private static final Pattern FILE_NAMES = Pattern.compile("(manifest|counters|engine\\.lock"
            + "|(store|checkpoint-[0-9]+(\\.new)?)/"
            + "(header|seal|subscriptions|(names|series|small|medium|large)-[0-9]+\\.(map|numbers))"
            + "|log/log-[0-9a-f]{16}\\.(seg|tmp))(\\.new)?");
    private static final Pattern DIRECTORY_NAMES = Pattern.compile("log|store|checkpoint-[0-9]+(\\.new)?");
    /** Directories in which a link may lead to another disk, and what a file system itself keeps there. */
    private static final Pattern FOREIGN_NAMES = Pattern.compile(DIRECTORY_NAMES + "|[^/]+/lost\\+found(/.*)?");

    /**
     * A data directory that is there.
     *
     * @param given by the user; a link is followed.
     * @return the directory.
     * @throws IllegalStateException if nothing is there, or no data directory, or something in it is no regular file or
     *     directory of its own.
     * @throws UncheckedIOException  if it cannot be read.
     */
    public static DataDirectory existing(final Path given) {
        if (!FileProbe.isDirectory(given)) {
            throw new IllegalStateException("dataDirectory=" + given
                    + (FileProbe.isThere(given) ? ": is a file, expected a data directory" : ": no such directory"));
        }
        try {
            final DataDirectory directory = new DataDirectory(given.toRealPath());
            directory.requireFiles();
            if (!directory.isEmpty() && !directory.isBegun() && !directory.hasContents()) {
                throw new IllegalStateException("dataDirectory=" + given + ": found neither "
                        + ManifestFile.FILE_NAME + " nor " + DirectoryLock.FILE_NAME
                        + " nor a log, expected a data directory");
            }
            return directory;
        } catch (final IOException e) {
            throw new UncheckedIOException("dataDirectory=" + given + ": cannot be read", e);
        }
    }

    /**
     * Refuses what is neither a regular file nor a directory, and links where a file of its own is expected.
     *
     * @throws IllegalStateException naming it.
     */
    public void requireFiles() {
        try {
            FileTree.requireFiles(path, DEPTH, FILE_NAMES, DIRECTORY_NAMES, FOREIGN_NAMES);
        } catch (final IOException e) {
            throw new UncheckedIOException("dataDirectory=" + path + ": cannot be read", e);
        }
    }

    /**
     * Returns true if nothing lies in the directory.
     *
     * @return whether it is empty.
     */
    public boolean isEmpty() {
        try {
            return FileTree.entries(path, FileTree.ALL).isEmpty();
        } catch (final IOException e) {
            throw new UncheckedIOException("dataDirectory=" + path + ": cannot be read", e);
        }
    }

    /** An engine that was killed before it had made the manifest leaves nothing but these. */
    private boolean isBegun() {
        return FileProbe.isThere(manifest())
                || FileProbe.isThere(FileContents.unfinished(manifest()))
                || FileProbe.isThere(path.resolve(DirectoryLock.FILE_NAME));
    }

    /**
     * Returns true if the log, the store or a checkpoint holds something: a manifest must be there too then.
     *
     * @return whether the directory was used.
     */
    public boolean hasContents() {
        return isFilled(log()) || isFilled(store()) || !checkpoints().isEmpty();
    }

    private static boolean isFilled(final Path directory) {
        try {
            return FileProbe.isDirectory(directory)
                    && FileTree.entries(directory, FileTree.ALL).stream()
                            .anyMatch(entry -> !entry.endsWith("lost+found"));
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": cannot be read", e);
        }
    }

    /**
     * The manifest file.
     *
     * @return its path.
     */
    public Path manifest() {
        return path.resolve(ManifestFile.FILE_NAME);
    }

    /**
     * The directory of the operation log.
     *
     * @return its path.
     */
    public Path log() {
        return path.resolve("log");
    }

    /**
     * The directory of the store.
     *
     * @return its path.
     */
    public Path store() {
        return path.resolve("store");
    }

    /**
     * The directory of a checkpoint.
     *
     * @param sequence of the last operation that it includes.
     * @return its path.
     */
    public Path checkpoint(final long sequence) {
        return path.resolve("checkpoint-" + sequence);
    }

    /**
     * The directory in which a checkpoint is made.
     *
     * @param sequence of the last operation that it includes.
     * @return its path.
     */
    public Path unfinishedCheckpoint(final long sequence) {
        return path.resolve("checkpoint-" + sequence + UNFINISHED_SUFFIX);
    }

    /**
     * The sequences of the checkpoints that are there, whole or not, the newest first.
     *
     * @return the sequences.
     */
    public List<Long> checkpoints() {
        final List<Long> found = new ArrayList<>();
        try {
            for (final Path entry : FileTree.entries(path, "checkpoint-*")) {
                final Matcher name = CHECKPOINT_NAME.matcher(entry.getFileName().toString());
                if (name.matches() && FileProbe.isDirectory(entry)) {
                    found.add(Long.parseLong(name.group(1)));
                }
            }
        } catch (final IOException | NumberFormatException e) {
            throw new IllegalStateException("dataDirectory=" + path + ": the checkpoints cannot be listed", e);
        }
        found.sort(Comparator.reverseOrder());
        return found;
    }

    /**
     * Makes the directories of log and store if they are missing; their names are on disk.
     *
     * @param files to reach them through.
     * @throws IllegalStateException if the log is a link that leads nowhere.
     */
    public void makeDirectories(final FileAccess files) {
        if (FileProbe.isDanglingLink(log())) {
            throw new DirectoryDamagedException(
                    "log=" + log() + ": found a link to " + FileTree.realPath(log())
                            + ", where there is nothing, expected a directory; mount its disk",
                    log());
        }
        try {
            files.createDirectory(log());
            files.createDirectory(store());
            files.forceDirectory(path);
            FileTree.forceLinkTargets(files, log());
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "dataDirectory=" + path + ": cannot be written to; check the disk and its free space", e);
        }
    }

    /**
     * Deletes a checkpoint. Its seal goes first: nobody takes a part of it for a checkpoint.
     *
     * @param files      to reach it through.
     * @param checkpoint its directory; nothing happens if it is not there.
     */
    public static void delete(final FileAccess files, final Path checkpoint) {
        try {
            if (FileProbe.isTaken(checkpoint)) {
                files.delete(StoreSeal.file(checkpoint));
                files.forceDirectory(checkpoint);
                FileTree.delete(files, checkpoint);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + checkpoint + ": cannot be deleted; check the disk", e);
        }
    }

    /**
     * Deletes unfinished checkpoints, and those that are neither the newest nor, if it is to stay, the one before.
     *
     * @param files      to reach them through.
     * @param newest     the sequence of the newest checkpoint, 0 without one.
     * @param keepBefore true if the checkpoint before it stays.
     */
    public void deleteCheckpoints(final FileAccess files, final long newest, final boolean keepBefore) {
        try {
            for (final Path entry : FileTree.entries(path, "checkpoint-*" + UNFINISHED_SUFFIX)) {
                FileTree.delete(files, entry);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("dataDirectory=" + path + ": unfinished checkpoints cannot be deleted", e);
        }
        int kept = 0;
        for (final long sequence : checkpoints()) {
            final boolean isBefore = sequence < newest
                    && keepBefore
                    && kept == 0
                    && StoreSeal.read(checkpoint(sequence)).isPresent();
            if (isBefore) {
                kept++;
            } else if (sequence != newest) {
                delete(files, checkpoint(sequence));
            }
        }
    }

    /**
     * How many series, and blocks of each size, the first maps of the store, or of the newest checkpoint, have room
     * for.
     *
     * @param otherwise what to return without a store.
     * @return the number.
     */
    public int firstMapEntries(final int otherwise) {
        final List<Path> stores = new ArrayList<>(List.of(store()));
        for (final long sequence : checkpoints()) {
            stores.add(checkpoint(sequence));
        }
        for (final Path store : stores) {
            final OptionalInt entries = StoreDirectory.firstMapEntries(store);
            if (entries.isPresent()) {
                return entries.getAsInt();
            }
        }
        return otherwise;
    }

    /**
     * Looks at the directory.
     *
     * @return its state; OPEN also while an engine opens or closes it.
     */
    public DirectoryState state() {
        final Optional<ManifestFile.Found> found = ManifestFile.read(path);
        if (found.isEmpty()) {
            return hasContents() ? DirectoryState.NOT_CLOSED : DirectoryState.EMPTY;
        }
        return switch (found.get().manifest().state()) {
            case CLOSED -> DirectoryState.CLOSED;
            case INCOMPLETE -> DirectoryState.INCOMPLETE;
            case OPEN, REBUILDING -> stateOfOpen();
        };
    }

    private DirectoryState stateOfOpen() {
        if (DirectoryLock.livingOwner(path).isPresent()) {
            return DirectoryState.OPEN;
        }
        // The owner may have closed the directory between the two looks.
        final boolean isClosed = ManifestFile.read(path)
                .filter(found -> found.manifest().state() == Manifest.State.CLOSED)
                .isPresent();
        return isClosed ? DirectoryState.CLOSED : DirectoryState.NOT_CLOSED;
    }
}
