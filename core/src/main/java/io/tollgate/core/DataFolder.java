package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.Presence;
import io.tollgate.core.log.DirectoryIdentity;
import io.tollgate.core.store.DirectoryHeader;
import io.tollgate.core.store.DirectoryLock;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.StoreDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
            + "(header|clean|open|stamp|positions|subscriptions|begin|cut"
            + "|(names|series|small|medium|large)-[0-9]+\\.(map|numbers)|log-[0-9a-f]{16}\\.(seg|tmp)))(\\.new)?");

    /** The paths of all directories that an engine makes. */
    private static final Pattern MADE_NAMES =
            Pattern.compile("shard-(0|[1-9][0-9]{0,3})(/(log(\\.new)?|checkpoint(\\.(new|old|gone))?))?");

    /** The same, of another version too, and of what it leaves alone in them. */
    private static final Pattern DIRECTORY_NAMES =
            Pattern.compile("shard-[0-9]+(/(log|checkpoint)(\\.[a-z]+)?)?(/(damaged-[0-9]+|lost\\+found)(/.*)?)?");

    private static final Pattern SHARD_NAME = Pattern.compile("shard-(0|[1-9][0-9]{0,3})");

    /**
     * A data directory that is there, wherever a link that is given for it leads to later.
     *
     * @throws IllegalStateException if it is not there, or holds something, but nothing of an engine.
     */
    static DataFolder existing(final Path given) {
        if (!Presence.isDirectory(given)) {
            throw new IllegalStateException("dataDirectory=" + given
                    + (Presence.isThere(given) ? ": is a file, expected a data directory" : ": no such directory"));
        }
        final Path path = realPath(given);
        requireFiles(path);
        final DataFolder folder = new DataFolder(path);
        if (!folder.isEmpty()
                && folder.shardIndexes().isEmpty()
                && !folder.hasLockFile()
                && !DirectoryHeader.isThere(path)) {
            throw new IllegalStateException("dataDirectory=" + path + ": found nothing of a shard, and neither "
                    + DirectoryHeader.FILE_NAME + " nor " + DirectoryLock.FILE_NAME + ", expected a data directory");
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
     * Refuses a directory in which something would keep us waiting, is a directory or a link where a file is expected,
     * or a file where a directory is, or lies behind a link to a directory and is nothing of an engine.
     *
     * @throws IllegalStateException if there is such a thing, naming it.
     */
    static void requireFiles(final Path path) {
        try {
            FileTree.requireFiles(path, DEPTH, FILE_NAMES, MADE_NAMES, DIRECTORY_NAMES);
        } catch (final IOException e) {
            throw new UncheckedIOException("dataDirectory=" + path + ": cannot be read", e);
        }
    }

    boolean isEmpty() {
        try {
            return FileTree.entries(path, FileTree.ALL).isEmpty();
        } catch (final IOException e) {
            throw new UncheckedIOException("dataDirectory=" + path + ": cannot be read", e);
        }
    }

    boolean hasLockFile() {
        return Presence.isThere(path.resolve(DirectoryLock.FILE_NAME));
    }

    ShardFolder shard(final int index) {
        return new ShardFolder(path.resolve("shard-" + index), index);
    }

    /**
     * The numbers of the shards that there are, in order. Once all were there, a directory that has nothing of a shard
     * is none: that of a disk, say, which is not mounted.
     */
    List<Integer> shardIndexes() {
        final boolean isDivided = isDivided();
        final List<Integer> indexes = new ArrayList<>();
        try {
            for (final Path entry : FileTree.entries(path, "shard-*")) {
                final Matcher name = SHARD_NAME.matcher(entry.getFileName().toString());
                if (name.matches() && Presence.isDirectory(entry)) {
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

    /**
     * Makes sure that no other version has written what stands beside the logs of the shards, see {@link
     * ShardFolder#requireKnown}: before anything of any of them is changed.
     *
     * @throws IllegalStateException if one has.
     */
    void requireKnown(final FileAccess files) {
        shardIndexes().forEach(index -> shard(index).requireKnown(files));
    }

    /** Which data directory this is, as the newest segments say; drawn where none does. */
    long directoryId(final FileAccess files) {
        return directoryId(shard -> shard.directoryId(files));
    }

    /** The same as most segments say: all of them are looked at. */
    long directoryIdOfMost(final FileAccess files) {
        return directoryId(shard -> shard.directoryIdOfMost(files));
    }

    /** That of the first shard which says it. */
    private long directoryId(final ToLongFunction<ShardFolder> identity) {
        return shardIndexes().stream()
                .map(index -> identity.applyAsLong(shard(index)))
                .filter(found -> found != DirectoryIdentity.UNKNOWN)
                .findFirst()
                .orElseGet(DirectoryIdentity::draw);
    }

    /** The shards that are of another data directory than the first one is, as most of their segments say. */
    List<Damage> foreignShards(final FileAccess files) {
        return foreign(shard -> shard.directoryIdOfMost(files), directoryIdOfMost(files), "", "another shard has");
    }

    /** The shards whose newest segment is of another data directory. */
    private List<Damage> foreignEnds(final FileAccess files, final long own) {
        return foreign(shard -> shard.directoryId(files), own, " in the newest segment", "most segments have");
    }

    private List<Damage> foreign(
            final ToLongFunction<ShardFolder> identity, final long own, final String where, final String like) {
        return shardIndexes().stream()
                .filter(index -> DirectoryIdentity.areOfTwo(identity.applyAsLong(shard(index)), own))
                .map(index -> new Damage(
                        shard(index).log(),
                        0,
                        DirectoryIdentity.text(identity.applyAsLong(shard(index))) + where
                                + ", that of another data directory",
                        DirectoryIdentity.text(own) + " as " + like))
                .toList();
    }

    /**
     * Requires that all shards are of one data directory, as their newest segments say. All segments are looked at only
     * where these do not agree, to tell a shard of another directory from a segment that is.
     *
     * @throws IllegalStateException if they are not.
     */
    void requireOneDirectory(final FileAccess files) {
        if (foreignEnds(files, directoryId(files)).isEmpty()) {
            return;
        }
        foreignShards(files).stream().findFirst().ifPresent(foreign -> {
            throw new IllegalStateException(foreign + "; put the right one in its place, or restore a backup");
        });
        foreignEnds(files, directoryIdOfMost(files)).stream().findFirst().ifPresent(foreign -> {
            throw new IllegalStateException(
                    foreign + "; put the right segment in its place, or run recover to go on without it");
        });
    }

    /** In what state the directory is, and whether its owner lives. */
    DirectoryInspection.State state() {
        if (isClosed()) {
            return DirectoryInspection.State.CLOSED;
        }
        if (DirectoryLock.livingOwner(path).isPresent()) {
            return DirectoryInspection.State.OPEN;
        }
        // Once more, as the owner may have closed it before it was looked for.
        return isClosed() ? DirectoryInspection.State.CLOSED : DirectoryInspection.State.NOT_CLOSED;
    }

    private boolean isClosed() {
        final List<Integer> indexes = shardIndexes();
        return !indexes.isEmpty()
                && indexes.stream().allMatch(index -> shard(index).isClosed())
                && missingIndexes().isEmpty();
    }

    /**
     * Into how many shards the directory is divided, as most say: the header, if it is whole and no shard lies beyond
     * it; the shards, each of which knows its place; and the directories that there are. Of counts that as many say it
     * is the first, in this order, that no log speaks against.
     */
    int shardCount() {
        final List<Integer> indexes = shardIndexes().stream()
                .filter(index -> index < ShardPlace.MAX_COUNT)
                .toList();
        final int found = indexes.isEmpty() ? 1 : indexes.get(indexes.size() - 1) + 1;
        final Map<Integer, Integer> votes = new LinkedHashMap<>();
        headerCount().filter(count -> count >= found).ifPresent(count -> votes.put(count, 1));
        indexes.forEach(index -> shard(index)
                .place()
                .filter(place -> place.index() == index)
                .ifPresent(place -> votes.merge(place.count(), 1, Integer::sum)));
        votes.merge(found, 1, Integer::sum);
        final int most = Collections.max(votes.values());
        final List<Integer> counts = votes.keySet().stream()
                .filter(count -> votes.get(count) == most)
                .toList();
        return counts.size() == 1
                ? counts.get(0)
                : LoggedCounts.possible(this, indexes, counts).get(0);
    }

    private Optional<Integer> headerCount() {
        final OptionalInt count =
                DirectoryHeader.isDamaged(path) ? OptionalInt.empty() : DirectoryHeader.shardCount(path);
        return count.isPresent() ? Optional.of(count.getAsInt()) : Optional.empty();
    }

    /** The place of a shard of the directory. */
    ShardPlace place(final int index) {
        return new ShardPlace(index, shardCount());
    }

    /** Whether the header is damaged, missing beside several shards, or that of a directory with another count. */
    boolean isHeaderLost() {
        return headerDamage().isPresent();
    }

    private Optional<Damage> headerDamage() {
        final Path file = path.resolve(DirectoryHeader.FILE_NAME);
        if (isHeaderBegun()) {
            return Optional.empty();
        }
        if (DirectoryHeader.isDamaged(path)) {
            return Optional.of(new Damage(file, 0, "bytes with a wrong crc32c", "the number of shards"));
        }
        final int count = shardCount();
        final Optional<Integer> said = headerCount();
        if (said.isEmpty() && count > 1) {
            return Optional.of(new Damage(file, 0, "no file", "the number of shards"));
        }
        return said.filter(other -> other != count)
                .map(other -> new Damage(file, 0, "shardCount=" + other, "shardCount=" + count + " as the shards say"));
    }

    /** The shards beyond the count that the directory is divided into, as damages. */
    List<Damage> shardsTooMany() {
        final int count = shardCount();
        return shardIndexes().stream()
                .filter(index -> index >= count && !shard(index).isVoid())
                .map(index -> new Damage(shard(index).path(), 0, "a shard", "none beyond shardCount=" + count))
                .toList();
    }

    /** That what a shard is started from was made for another one, or for one of another count, as a damage. */
    Optional<Damage> misplacement(final int index, final ShardCheck check) {
        final ShardPlace expected = place(index);
        return check.wholeStore()
                .flatMap(store -> StoreDirectory.place(store)
                        .filter(place -> !place.equals(expected))
                        .map(place -> new Damage(store, 0, text(place), text(expected))));
    }

    private static String text(final ShardPlace place) {
        return "shardIndex=" + place.index() + " shardCount=" + place.count();
    }

    /** What is wrong with how the directory is divided, but for shards that are missing. */
    List<Damage> divisionDamages() {
        return Stream.concat(headerDamage().stream(), shardsTooMany().stream()).toList();
    }

    /**
     * Whether the directories of all shards were there before: the header says so, and counters are made when all are
     * open.
     */
    private boolean isDivided() {
        return DirectoryHeader.isDivided(path) || Presence.isThere(path.resolve(EngineCounters.FILE_NAME));
    }

    /** Whether there are neither shards yet, nor a header that tells their number: who began with it was stopped. */
    boolean isUndivided() {
        return isHeaderBegun()
                || shardIndexes().isEmpty()
                        && !isDivided()
                        && !DirectoryHeader.isDamaged(path)
                        && DirectoryHeader.shardCount(path).isEmpty();
    }

    /**
     * Whether the header is cut short, and the directory was never in use as far as can be told: there is a whole one
     * before the first shard is made, and from then on.
     */
    boolean isHeaderBegun() {
        return DirectoryHeader.isCutShort(path)
                && shardIndexes().isEmpty()
                && !isDivided()
                && LossNote.damages(path).isEmpty();
    }

    /** What is wrong with the directory itself: with how it is divided, or that a recovery of it was stopped. */
    List<Damage> damages() {
        final List<Damage> damages = new ArrayList<>(LossNote.damages(path));
        damages.addAll(divisionDamages());
        return damages;
    }

    /** The shards that should be there and are not, as damages. */
    List<Damage> missingShards() {
        return missingIndexes().stream().map(this::missingShard).toList();
    }

    /** A shard that is missing, as a damage. */
    Damage missingShard(final int index) {
        final Path shard = shard(index).path();
        return new Damage(shard, 0, shard(index).missingText(), "shard " + index + " of " + shardCount());
    }

    /** The numbers of the shards that should be there and are not, in order. */
    List<Integer> missingIndexes() {
        final List<Integer> indexes = shardIndexes();
        final int shardCount = shardCount();
        // The directories of all shards are made before any is used.
        final boolean isUsed =
                isDivided() || indexes.stream().anyMatch(index -> shard(index).hasMark());
        return IntStream.range(0, isUsed ? shardCount : 0)
                .filter(index -> !indexes.contains(index))
                .boxed()
                .toList();
    }
}
