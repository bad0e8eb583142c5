package io.tollgate.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalInt;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.VanillaChronicleMap;
import net.openhft.posix.MSyncFlag;
import net.openhft.posix.PosixAPI;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Maps and tables in files of one directory: {@code <name>-<index>.map} and {@code <name>-<index>.numbers}.
 *
 * <p>A map is made as {@code <name>-<index>.map.new}. It gets its name once its table is there, so a process that stops
 * in between leaves nothing that looks like a map, and what looks like one is never removed.
 *
 * @param directory the directory, which exists and is locked by this process
 * @param name the name of the chain, the beginning of its file names
 */
record FileBacking(Path directory, String name) implements Backing {
    static final String MAP_SUFFIX = ".map";
    static final String NUMBERS_SUFFIX = ".numbers";

    /** The entries of the first map of a chain, as its table says; empty where there is none that can be so. */
    static OptionalInt capacity(final Path directory, final String name) {
        final Path file = new FileBacking(directory, name).numbersFile(0);
        try (InputStream in = Files.newInputStream(file)) {
            final UnsafeBuffer start = new UnsafeBuffer(in.readNBytes(NumberTableDescriptor.HEADER_LENGTH));
            if (start.capacity() < NumberTableDescriptor.HEADER_LENGTH) {
                return OptionalInt.empty();
            }
            final long capacity = start.getLong(NumberTableDescriptor.CAPACITY_OFFSET);
            final boolean isPossible = capacity > 0
                    && capacity <= MapChain.MAX_MAP_ENTRIES
                    && NumberTableDescriptor.tableLength(capacity) == Files.size(file);
            return isPossible ? OptionalInt.of((int) capacity) : OptionalInt.empty();
        } catch (final IOException e) {
            return OptionalInt.empty();
        }
    }

    @Override
    public boolean exists(final int index) {
        final boolean map = Files.exists(mapFile(index));
        final boolean numbers = Files.exists(numbersFile(index));
        if (!map && (!numbers || Files.exists(unfinishedFile(index)))) {
            discard(index);
            return false;
        }
        if (!map || !numbers) {
            throw new IllegalStateException("file=" + (map ? numbersFile(index) : mapFile(index))
                    + ": found none, expected it beside " + (map ? mapFile(index) : numbersFile(index))
                    + "; restore it, or remove all files of the chain to begin anew");
        }
        return true;
    }

    @Override
    public void check(final int index, final MapShape<?> shape, final long entries) {
        final MapDescription description = MapDescription.of(shape.builder(entries));
        openNumbers(index, entries, shape.valueLength(), description.mapLength())
                .close();
        description.check(mapFile(index));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K> VanillaChronicleMap<K, MemoryValue, ?> openMap(
            final int index, final ChronicleMapBuilder<K, MemoryValue> builder) {
        final Path file = Files.exists(mapFile(index)) ? mapFile(index) : unfinishedFile(index);
        try {
            final VanillaChronicleMap<K, MemoryValue, ?> map =
                    (VanillaChronicleMap<K, MemoryValue, ?>) builder.createPersistedTo(file.toFile());
            OwnerOnly.restrict(file);
            return map;
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be opened as a map", e);
        }
    }

    @Override
    public NumberTable openNumbers(final int index, final long capacity, final int valueLength, final long mapLength) {
        final Path file = numbersFile(index);
        final MappedArea area = MappedArea.persisted(file, tableLength(file, capacity));
        final NumberTable table = new NumberTable(file.toString(), area, capacity);
        try {
            if (area.isNew()) {
                table.initialise(index, valueLength, mapLength);
            }
            table.check(index, valueLength, mapLength);
            return table;
        } catch (final RuntimeException e) {
            table.close();
            throw e;
        }
    }

    /** The table of a map, for reading only: its header is still to be checked. */
    NumberTable readNumbers(final int index, final long capacity) {
        final Path file = numbersFile(index);
        return new NumberTable(file.toString(), MappedArea.readOnly(file, tableLength(file, capacity)), capacity);
    }

    /** The length of the file where there is one, so that its header can tell what is wrong with it. */
    private static int tableLength(final Path file, final long capacity) {
        final int expected = NumberTableDescriptor.tableLength(capacity);
        if (!Files.exists(file)) {
            return expected;
        }
        try {
            final long found = Files.size(file);
            if (found < NumberTableDescriptor.HEADER_LENGTH || found > Integer.MAX_VALUE) {
                throw new UnlikeMapException(
                        "file=" + file, 0, "length=" + found, "length=" + expected, "restore the file");
            }
            return (int) found;
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    @Override
    public void commit(final int index) {
        try {
            Files.move(unfinishedFile(index), mapFile(index), StandardCopyOption.ATOMIC_MOVE);
            MappedArea.forceDirectory(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + unfinishedFile(index) + ": cannot be renamed", e);
        }
    }

    @Override
    public void discard(final int index) {
        try {
            Files.deleteIfExists(numbersFile(index));
            Files.deleteIfExists(unfinishedFile(index));
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "directory=" + directory + " chain=" + name + " mapIndex=" + index
                            + ": what was not finished cannot be removed",
                    e);
        }
    }

    @Override
    public void force(final long address, final long length) {
        if (PosixAPI.posix().msync(address, length, MSyncFlag.MS_SYNC) != 0) {
            final int errno = PosixAPI.posix().lastError();
            throw new UncheckedIOException(
                    "directory=" + directory + " chain=" + name + ": its maps could not be forced; check the disk",
                    new IOException("msync errno=" + errno + ", expected 0"));
        }
    }

    Path mapFile(final int index) {
        return directory.resolve(name + '-' + index + MAP_SUFFIX);
    }

    private Path unfinishedFile(final int index) {
        return directory.resolve(name + '-' + index + MAP_SUFFIX + ".new");
    }

    Path numbersFile(final int index) {
        return directory.resolve(name + '-' + index + NUMBERS_SUFFIX);
    }
}
