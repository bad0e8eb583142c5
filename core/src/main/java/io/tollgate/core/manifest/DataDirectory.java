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
 * The paths of a data directory. Stateless; {@link ManifestFile} describes the contents.
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
            + "(header|seal|subscriptions|(names|series|tiny|small|half|medium|double|large)-[0-9]+\\.(map|numbers))"
            + "|log/log-[0-9a-f]{16}\\.(seg|tmp))(\\.new)?");
    private static final Pattern DIRECTORY_NAMES = Pattern.compile("log|store|checkpoint-[0-9]+(\\.new)?");
    /** Directories that may be links to another disk, and the entries that a file system itself creates. */
    private static final Pattern FOREIGN_NAMES = Pattern.compile(DIRECTORY_NAMES + "|[^/]+/lost\\+found(/.*)?");

    /**
     * Returns an existing data directory.
     *
     * @param given by the user; a link is followed.
     * @return the directory.
     * @throws IllegalStateException if the path does not exist, is not a data directory, or holds an entry of the wrong
     *     type.
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
     * Refuses entries that are neither regular files nor directories, and links in place of files.
     *
     * @throws IllegalStateException if there is such an entry; the message names it.
     */
    public void requireFiles() {
        try {
            FileTree.requireFiles(path, DEPTH, FILE_NAMES, DIRECTORY_NAMES, FOREIGN_NAMES);
        } catch (final IOException e) {
            throw new UncheckedIOException("dataDirectory=" + path + ": cannot be read", e);
        }
    }

    /**
     * Returns true if the directory has no entries.
     *
     * @return true if it is empty.
     */
    public boolean isEmpty() {
        try {
            return FileTree.entries(path, FileTree.ALL).isEmpty();
        } catch (final IOException e) {
            throw new UncheckedIOException("dataDirectory=" + path + ": cannot be read", e);
        }
    }

    /** An engine that was killed before it wrote the manifest leaves only these files. */
    private boolean isBegun() {
        return FileProbe.isThere(manifest())
                || FileProbe.isThere(FileContents.unfinished(manifest()))
                || FileProbe.isThere(path.resolve(DirectoryLock.FILE_NAME));
    }

    /**
     * Returns true if the log, the store or a checkpoint has contents. The manifest must then exist too.
     *
     * @return true if the directory was used.
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
     * Returns the manifest file.
     *
     * @return its path.
     */
    public Path manifest() {
        return path.resolve(ManifestFile.FILE_NAME);
    }

    /**
     * Returns the directory of the operation log.
     *
     * @return its path.
     */
    public Path log() {
        return path.resolve("log");
    }

    /**
     * Returns the directory of the store.
     *
     * @return its path.
     */
    public Path store() {
        return path.resolve("store");
    }

    /**
     * Returns the directory of a checkpoint.
     *
     * @param sequence of the last operation that it includes.
     * @return its path.
     */
    public Path checkpoint(final long sequence) {
        return path.resolve("checkpoint-" + sequence);
    }

    /**
     * Returns the directory in which a checkpoint is being written.
     *
     * @param sequence of the last operation that it includes.
     * @return its path.
     */
    public Path unfinishedCheckpoint(final long sequence) {
        return path.resolve("checkpoint-" + sequence + UNFINISHED_SUFFIX);
    }

    /**
     * Returns the sequences of the existing checkpoints, complete or not, the newest first.
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
     * Creates the directories of log and store if they are missing, and forces their names.
     *
     * @param files to reach them through.
     * @throws IllegalStateException if the log is a dangling link.
     */
    public void makeDirectories(final FileAccess files) {
        if (FileProbe.isDanglingLink(log())) {
            throw new DirectoryDamagedException(
                    "log=" + log() + ": found a link to " + FileTree.realPath(log())
                            + ", which does not exist, expected a directory; mount its disk",
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
     * Deletes a checkpoint. Its seal is deleted first, so that a partly deleted checkpoint is never used.
     *
     * @param files      to reach it through.
     * @param checkpoint its directory; it need not exist.
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
     * Deletes unfinished checkpoints and old ones. The newest stays; the one before it stays on request.
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
     * Returns the capacity of the first maps of the store, or of the newest checkpoint: the number of series, and of
     * blocks of each size.
     *
     * @param otherwise the result if there is no store.
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
     * Determines the state of the directory.
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
        // The owner may have closed the directory between the two reads.
        final boolean isClosed = ManifestFile.read(path)
                .filter(found -> found.manifest().state() == Manifest.State.CLOSED)
                .isPresent();
        return isClosed ? DirectoryState.CLOSED : DirectoryState.NOT_CLOSED;
    }
}
