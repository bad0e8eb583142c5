package io.tollgate.core.store;

import io.tollgate.core.file.Presence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Looks whether the maps of a store, and their tables, are what would be written here, as an opening does: checksums
 * tell only that they are what they were. Nothing is opened as a map, and nothing is written.
 */
final class StoreMaps {
    private static final String ADVICE =
            "; open it on a machine like the one that made it, or have recover make it of the log";

    private final Path directory;
    private final List<StoreDamage> damages = new ArrayList<>();

    private StoreMaps(final Path directory) {
        this.directory = directory;
    }

    /**
     * Checks all maps of a store.
     *
     * @param directory of a store of this version that was closed cleanly, and whose checksums are right
     * @return what would be refused, of each chain the first
     * @throws IllegalStateException if the JVM lacks flags
     * @throws UncheckedIOException if the disk refuses
     */
    static List<StoreDamage> check(final Path directory) {
        JvmAccess.requireOpen();
        final StoreMaps maps = new StoreMaps(directory);
        final OptionalInt first = StoreDirectory.firstMapEntries(directory);
        if (first.isEmpty()) {
            final Path table = new ChainFiles(directory, "series").numbers(0);
            maps.damages.add(new StoreDamage(table, 0, "no capacity", "1.." + MapChain.MAX_MAP_ENTRIES + ADVICE));
            return maps.damages;
        }
        maps.check("names", new NameShape(), first.getAsInt());
        maps.check("series", new RecordShape(SeriesRecordDescriptor.LENGTH), first.getAsInt());
        for (int i = 0; i < BlockDescriptor.SIZE_CLASS_COUNT; i++) {
            maps.check(ShardStore.BLOCK_NAMES[i], new RecordShape(BlockDescriptor.length(i)), first.getAsInt());
        }
        return maps.damages;
    }

    /** Each map, with its table, until one is refused: what comes behind cannot be told then. */
    private void check(final String name, final MapShape<?> shape, final int firstMapEntries) {
        final ChainFiles files = new ChainFiles(directory, name);
        final int known = damages.size();
        long size = 0;
        for (int index = 0; damages.size() == known && (index == 0 || files.isAny(index)); index++) {
            size += check(files, index, shape, MapChain.entries(firstMapEntries, index), size);
        }
    }

    /** Returns how many entries there are. */
    private long check(
            final ChainFiles files,
            final int index,
            final MapShape<?> shape,
            final long entries,
            final long firstNumber) {
        final Path map = files.map(index);
        final MapDescription description = MapDescription.of(shape.builder(entries));
        Path looked = files.numbers(index);
        if (!Presence.isThere(map) || !Presence.isThere(looked)) {
            damages.add(new StoreDamage(Presence.isThere(map) ? looked : map, 0, "no file", "a map with its table"));
            return 0;
        }
        try (NumberTable numbers = files.readNumbers(index, entries)) {
            numbers.check(index, shape.valueLength(), description.mapLength());
            numbers.checkFirst(firstNumber);
            looked = map;
            description.check(map);
            try (FileWindows windows = FileWindows.map(map, description.mapLength(), 1)) {
                final MapTier tier =
                        new MapTier(files.name() + '-' + index, description.layout(), windows.address(1, 1) - 1);
                tier.check(shape);
                looked = files.numbers(index);
                shape.checkWords(numbers, tier);
            }
            return numbers.count();
        } catch (final UnlikeMapException e) {
            damages.add(new StoreDamage(looked, e.position(), e.found(), e.expected() + ADVICE));
            return 0;
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + map + ": cannot be read; check the disk and its permissions", e);
        }
    }
}
