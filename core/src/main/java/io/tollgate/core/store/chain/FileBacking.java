package io.tollgate.core.store.chain;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileProbe;
import io.tollgate.core.store.chronicle.CheckedMap;
import io.tollgate.core.store.chronicle.ChronicleFiles;
import io.tollgate.core.store.chronicle.MapState;
import io.tollgate.core.store.chronicle.MemoryValue;
import io.tollgate.core.store.chronicle.PosixCalls;
import io.tollgate.core.store.memory.MappedArea;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import net.openhft.chronicle.hash.ChronicleFileLockException;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.agrona.CloseHelper;

/**
 * Maps and tables in files of one directory.
 *
 * <p>A map is made as {@code <name>-<index>.map.new}. It is renamed after its table is complete. A process that stops
 * before that leaves no file with the name of a map.
 *
 * @param files to make them through
 * @param chain where they lie, in a directory that exists and is locked by this process
 */
public record FileBacking(FileAccess files, ChainFiles chain) implements Backing {
    @Override
    public String name() {
        return chain.name();
    }

    @Override
    public boolean exists(final int index) {
        final boolean map = FileProbe.isThere(chain.map(index));
        final boolean numbers = FileProbe.isThere(chain.numbers(index));
        if (!map && (!numbers || FileProbe.isThere(chain.unfinishedMap(index)))) {
            discard(index);
            return false;
        }
        if (!map || !numbers) {
            throw new DirectoryDamagedException(
                    "file=" + (map ? chain.numbers(index) : chain.map(index))
                            + ": found none, expected it beside " + (map ? chain.map(index) : chain.numbers(index))
                            + "; restore it, or remove all files of the chain to begin anew",
                    map ? chain.numbers(index) : chain.map(index));
        }
        return true;
    }

    @Override
    public <K> VanillaChronicleMap<K, MemoryValue, ?> reopen(
            final int index, final MapShape<K> shape, final long entries) {
        final Path file = chain.map(index);
        final CheckedMap<K> map = opened(file, () -> CheckedMap.of(shape.builder(entries), file));
        // The table tells whether the map was made with other settings, before the map is opened by these.
        openNumbers(index, entries, shape.valueLength(), map.sizeInBytesWithoutTiers())
                .close();
        Preallocation.give(files, file);
        Preallocation.give(files, chain.numbers(index));
        return opened(file, () -> {
            map.open();
            return map;
        });
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K> VanillaChronicleMap<K, MemoryValue, ?> make(
            final int index, final ChronicleMapBuilder<K, MemoryValue> builder) {
        final Path file = chain.unfinishedMap(index);
        return opened(file, () -> {
            // An empty file counts as a new one. Chronicle's own would be as readable as the umask lets it be.
            files.create(file).close();
            MapState.install();
            return (VanillaChronicleMap<K, MemoryValue, ?>) builder.createPersistedTo(ChronicleFiles.unused(file));
        });
    }

    private static <M> M opened(final Path file, final PosixCalls.Making<M> opening) {
        try {
            return PosixCalls.whileMaking(opening);
        } catch (final IOException e) {
            throw cannotBeOpened(file, e);
        } catch (final ChronicleFileLockException e) {
            throw cannotBeOpened(file, new IOException(e));
        }
    }

    private static UncheckedIOException cannotBeOpened(final Path file, final IOException cause) {
        return new UncheckedIOException(
                "file=" + file + ": cannot be opened as a map; check the disk and its free space", cause);
    }

    @Override
    public NumberTable openNumbers(final int index, final long capacity, final int valueLength, final long mapLength) {
        final Path file = chain.numbers(index);
        final MappedArea area = MappedArea.persisted(files, file, chain.tableLength(index, capacity));
        final NumberTable table = new NumberTable(file.toString(), area, capacity);
        try {
            if (area.isNew()) {
                table.initialise(index, valueLength, mapLength);
            }
            table.check(index, valueLength, mapLength);
            return table;
        } catch (final RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, table);
            throw e;
        }
    }

    @Override
    public void givePagesSingly(final long address, final long length) {
        if (length > PosixCalls.MAX_WRITTEN_LENGTH) {
            PosixCalls.adviseRandom(address, length);
        }
    }

    @Override
    public void commit(final int index) {
        try {
            files.rename(chain.unfinishedMap(index), chain.map(index));
            files.forceDirectory(chain.directory());
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "file=" + chain.unfinishedMap(index) + ": cannot be given its name; check the disk", e);
        }
    }

    @Override
    public void discard(final int index) {
        try {
            if (FileProbe.isThere(chain.map(index))) {
                // It has got its name, and nobody goes by it: no table tells that entries go to it. It loses that
                // first. Whatever the disk refuses then, what is left is unfinished, and no table that lacks its map.
                files.rename(chain.map(index), chain.unfinishedMap(index));
            }
            files.delete(chain.numbers(index));
            files.delete(chain.unfinishedMap(index));
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "directory=" + chain.directory() + " chain=" + name() + " mapIndex=" + index
                            + ": what was not finished cannot be removed",
                    e);
        }
    }

    /**
     * {@inheritDoc} The operating system reports an earlier failed write of a mapped file to the first force after it.
     * No other code forces this file.
     */
    @Override
    public void force(final int index) {
        try (DataFile file = files.openForWrite(chain.map(index))) {
            file.force();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + chain.map(index) + ": could not be forced; check the disk", e);
        }
    }
}
