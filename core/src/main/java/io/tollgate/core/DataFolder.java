package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.log.DirectoryIdentity;
import io.tollgate.core.store.DirectoryHeader;
import io.tollgate.core.store.DirectoryLock;
import io.tollgate.core.store.ShardPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The shards in a data directory.
 *
 * @param path of the directory.
 */
record DataFolder(Path path) {
    /** {@code shard-N/checkpoint/file}, and one to spare. */
    private static final int DEPTH = 4;

    /** The paths of all files that an engine makes. */
    private static final Pattern FILE_NAMES = Pattern.compile("(tollgate\\.(header|losses)|counters|engine\\.lock"
            + "|shard-[0-9]+/((log|checkpoint)(\\.[a-z]+)?/)?"
            + "(header|clean|open|positions|subscriptions|begin|cut|[^/]+\\.(map|numbers|seg|tmp)))(\\.new)?");

    private static final Pattern SHARD_NAME = Pattern.compile("shard-(0|[1-9][0-9]{0,3})");

    /**
     * A data directory that is there, wherever a link that is given for it leads to later.
     *
     * @throws IllegalStateException if it is not there, or holds something, but nothing of an engine.
     */
    static DataFolder existing(final Path given) {
        if (!Files.isDirectory(given)) {
            throw new IllegalStateException("dataDirectory=" + given
                    + (Files.exists(given) ? ": is a file, expected a data directory" : ": no such directory"));
        }
        final Path path = realPath(given);
        requireFiles(path);
        final DataFolder folder = new DataFolder(path);
        if (!folder.isEmpty() && folder.shardIndexes().isEmpty() && !folder.hasLockFile()) {
            throw new IllegalStateException("dataDirectory=" + path + ": found neither shard-0 nor "
                    + DirectoryLock.FILE_NAME + ", expected a data directory");
        }
        return folder;
    }

    private static Path realPath(final Path path) {
        try {
            return path.toRealPath();
        } catch (final IOException e) {
            throw new UncheckedIOException("dataDirectory=" + path + ": cannot be read", e);
        }
    }

    /**
     * Refuses a directory in which something would keep us waiting, or is a directory where a file is expected.
     *
     * @throws IllegalStateException if there is such a thing, naming it.
     */
    static void requireFiles(final Path path) {
        try {
            FileTree.requireFiles(path, DEPTH, FILE_NAMES);
        } catch (final IOException e) {
            throw new UncheckedIOException("dataDirectory=" + path + ": cannot be read", e);
        }
    }

    boolean isEmpty() {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            return !entries.iterator().hasNext();
        } catch (final IOException e) {
            throw new UncheckedIOException("dataDirectory=" + path + ": cannot be read", e);
        }
    }

    boolean hasLockFile() {
        return Files.exists(path.resolve(DirectoryLock.FILE_NAME));
    }

    ShardFolder shard(final int index) {
        return new ShardFolder(path.resolve("shard-" + index));
    }

    /**
     * The numbers of the shards that there are, in order. Once all were there, a directory that has nothing of a shard
     * is none: that of a disk, say, which is not mounted.
     */
    List<Integer> shardIndexes() {
        final boolean isDivided = DirectoryHeader.isDivided(path);
        final List<Integer> indexes = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, "shard-*")) {
            for (final Path entry : entries) {
                final Matcher name = SHARD_NAME.matcher(entry.getFileName().toString());
                if (name.matches() && Files.isDirectory(entry)) {
                    final int index = Integer.parseInt(name.group(1));
                    if (!isDivided || !shard(index).isVoid()) {
                        indexes.add(index);
                    }
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("dataDirectory=" + path + ": cannot be read", e);
        }
        indexes.sort(Comparator.naturalOrder());
        return indexes;
    }

    /** Which data directory this is, as its first shard says that does; drawn where none does. */
    long directoryId(final FileAccess files) {
        return shardIndexes().stream()
                .map(index -> shard(index).directoryId(files))
                .filter(found -> found != DirectoryIdentity.UNKNOWN)
                .findFirst()
                .orElseGet(DirectoryIdentity::draw);
    }

    /** The shards that are of another data directory than the first one is. */
    List<Damage> foreignShards(final FileAccess files) {
        final long own = directoryId(files);
        return shardIndexes().stream()
                .filter(index -> DirectoryIdentity.areOfTwo(shard(index).directoryId(files), own))
                .map(index -> new Damage(
                        shard(index).log(),
                        0,
                        DirectoryIdentity.text(shard(index).directoryId(files)) + ", that of another data directory",
                        DirectoryIdentity.text(own) + " as another shard has"))
                .toList();
    }

    /** In what state the directory is, and whether its owner lives. */
    DirectoryInspection.State state() {
        final List<Integer> indexes = shardIndexes();
        if (!indexes.isEmpty()
                && indexes.stream().allMatch(index -> shard(index).isClosed())) {
            return DirectoryInspection.State.CLOSED;
        }
        return DirectoryLock.livingOwner(path).isPresent()
                ? DirectoryInspection.State.OPEN
                : DirectoryInspection.State.NOT_CLOSED;
    }

    /** Into how many shards the directory is divided; by the shards that there are, where no header tells. */
    int shardCount() {
        final List<Integer> indexes = shardIndexes();
        final int found = indexes.isEmpty() ? 1 : indexes.get(indexes.size() - 1) + 1;
        return DirectoryHeader.isDamaged(path)
                ? found
                : DirectoryHeader.shardCount(path).orElse(found);
    }

    /** The place of a shard of the directory, also of one that is one too many. */
    ShardPlace place(final int index) {
        if (index >= ShardPlace.MAX_COUNT) {
            throw new IllegalStateException("directory=" + shard(index).path() + ", expected shards below "
                    + ShardPlace.MAX_COUNT + "; remove it");
        }
        return new ShardPlace(index, Math.max(shardCount(), index + 1));
    }

    /** Whether the header is damaged, or missing beside several shards. */
    boolean isHeaderLost() {
        return DirectoryHeader.isDamaged(path)
                || DirectoryHeader.shardCount(path).isEmpty() && shardCount() > 1;
    }

    /** Whether there are neither shards yet, nor a header that tells their number: who began with it was stopped. */
    boolean isUndivided() {
        return shardIndexes().isEmpty()
                && !DirectoryHeader.isDamaged(path)
                && DirectoryHeader.shardCount(path).isEmpty();
    }

    /** What is wrong with the directory itself: with its header, or that a recovery of it was stopped. */
    List<Damage> damages() {
        final List<Damage> damages = new ArrayList<>(LossNote.damages(path));
        if (isHeaderLost()) {
            final String found = DirectoryHeader.isDamaged(path) ? "bytes with a wrong crc32c" : "no file";
            damages.add(new Damage(path.resolve(DirectoryHeader.FILE_NAME), 0, found, "the number of shards"));
        }
        return damages;
    }

    /** The shards that should be there and are not, as damages. */
    List<Damage> missingShards() {
        return missingIndexes().stream().map(this::missingShard).toList();
    }

    /** A shard that is missing, as a damage. */
    Damage missingShard(final int index) {
        return new Damage(shard(index).path(), 0, "no directory", "shard " + index + " of " + shardCount());
    }

    /** The numbers of the shards that should be there and are not, in order. */
    List<Integer> missingIndexes() {
        final List<Integer> indexes = shardIndexes();
        final int shardCount = shardCount();
        // The directories of all shards are made before any is used; counters are made when all are open. A directory
        // of an earlier version has no header that says so.
        final boolean isUsed = DirectoryHeader.isDivided(path)
                || Files.exists(path.resolve(EngineCounters.FILE_NAME))
                || indexes.stream().anyMatch(index -> shard(index).hasMark());
        return IntStream.range(0, isUsed ? shardCount : 0)
                .filter(index -> !indexes.contains(index))
                .boxed()
                .toList();
    }
}
