package io.tollgate.core.store;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.file.OtherVersionException;
import io.tollgate.core.file.Presence;
import io.tollgate.core.file.WholeFile;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The file that says that a shard was closed cleanly: all of it is on disk, and belongs to one sequence of the log; and
 * what the bytes of its files are. It is there only while nobody has the shard open.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  magic "TOLLCLEA"                                             |
 *  8|  version (4 bytes), CRC-32C of all other bytes (4 bytes)      |
 * 16|  applied sequence                                             |
 * 24|  boot id of the machine, 36 characters of ASCII, zero padded  |
 *   |  to 40 bytes                                                  |
 * 64|  identity of the data directory                               |
 *   +---------------------------------------------------------------+
 * 72|  of each file of the store:                                   |
 *   |    its length                                                 |
 *   |    its used length                                            |
 *   |    length of its name (4 bytes), its name in ASCII            |
 *   |    a CRC-32C (4 bytes) of each chunk of its used length       |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * @param appliedSequence the last operation of the log that the shard includes.
 * @param bootId          of the machine when the shard was closed.
 * @param directoryId     which data directory it is of.
 * @param files           of the store.
 */
record CleanMark(long appliedSequence, String bootId, long directoryId, List<StoreFile> files) {
    static final long MAGIC = 0x4145_4C43_4C4C_4F54L;
    static final int VERSION = 1;
    static final int HEADER_LENGTH = 72;
    static final int BOOT_ID_OFFSET = 24;
    static final int BOOT_ID_LENGTH = 40;

    /** Where there is no mark that says it. */
    static final long UNKNOWN_DIRECTORY = 0;

    private static final int DIRECTORY_ID_OFFSET = HEADER_LENGTH - Long.BYTES;
    private static final int MAX_NAME_LENGTH = 256;

    /** Four bytes for each of many KiB of a store: for a terabyte of it. */
    private static final int MAX_LENGTH = 1 << 28;

    private static final Pattern FILE_NAME = Pattern.compile("[a-z]+(-[0-9]+\\.[a-z]+)?");

    /**
     * The mark of a store that is being closed: all of it is on disk, and is read back.
     *
     * @param parts its files, but for that of its subscriptions.
     */
    static CleanMark of(
            final Path directory, final long appliedSequence, final long directoryId, final List<StoreFile> parts) {
        try {
            final List<StoreFile> sealed = new ArrayList<>(parts.size() + 1);
            for (final StoreFile file : parts) {
                sealed.add(file.sealed(directory));
            }
            final Path subscriptions = StoreDirectory.subscriptions(directory);
            if (Presence.isThere(subscriptions)) {
                final long length = Files.size(subscriptions);
                final String name = subscriptions.getFileName().toString();
                sealed.add(new StoreFile(name, length, length, new int[0]).sealed(directory));
            }
            return new CleanMark(appliedSequence, BootId.current(), directoryId, sealed);
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": cannot be read back; check the disk", e);
        }
    }

    /** The files of a store that are there, and not among those that the mark names. */
    List<Path> others(final Path directory) throws IOException {
        final Set<String> names = files.stream().map(StoreFile::name).collect(Collectors.toSet());
        return StoreDirectory.files(directory).stream()
                .filter(file -> !names.contains(file.getFileName().toString()))
                .sorted()
                .toList();
    }

    /**
     * Writes the mark and forces it: it gets its name when it is whole, and has all that is left of the store.
     *
     * @throws IllegalStateException if it would be longer than it is read; nothing is written then.
     */
    void write(final FileAccess files, final Path file) {
        final ByteBuffer bytes = encode(file);
        try {
            // A map that the disk has let be neither finished nor taken away, say: a check would call it damage.
            for (final Path other : others(file.getParent())) {
                files.delete(other);
            }
            WholeFile.write(files, file, bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be written; check the disk", e);
        }
    }

    private ByteBuffer encode(final Path mark) {
        long length = HEADER_LENGTH;
        for (final StoreFile file : files) {
            length += 2 * Long.BYTES + Integer.BYTES + file.name().length() + (long) Integer.BYTES * file.crcs().length;
        }
        if (length > MAX_LENGTH) {
            throw new IllegalStateException("file=" + mark + " length=" + length + ", expected at most " + MAX_LENGTH
                    + ", as of a store of a terabyte: it is not closed cleanly, and made anew from its log when it is"
                    + " opened; spread the series over more shards of another directory");
        }
        final ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(FileSeal.LENGTH).putLong(appliedSequence);
        final byte[] text = bootId.getBytes(StandardCharsets.US_ASCII);
        bytes.put(text, 0, Math.min(text.length, BOOT_ID_LENGTH));
        bytes.position(DIRECTORY_ID_OFFSET).putLong(directoryId);
        for (final StoreFile file : files) {
            final byte[] name = file.name().getBytes(StandardCharsets.US_ASCII);
            bytes.putLong(file.length()).putLong(file.usedLength());
            bytes.putInt(name.length).put(name);
            for (final int crc : file.crcs()) {
                bytes.putInt(crc);
            }
        }
        return FileSeal.seal(bytes.array(), MAGIC, VERSION);
    }

    /** Reads the mark; a missing, torn or foreign one is none, and that of another version is refused. */
    static Optional<CleanMark> read(final Path file) {
        try {
            return decode(file, WholeFile.read(file, MAX_LENGTH));
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    private static Optional<CleanMark> decode(final Path file, final byte[] bytes) {
        if (!FileSeal.isWhole(bytes, MAGIC)) {
            return Optional.empty();
        }
        OtherVersionException.requireNone(file, bytes, VERSION);
        if (bytes.length < HEADER_LENGTH) {
            return Optional.empty();
        }
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final long appliedSequence = buffer.getLong(FileSeal.LENGTH);
        if (!OperationDescriptor.isSequence(appliedSequence)) {
            return Optional.empty();
        }
        final String bootId = new String(bytes, BOOT_ID_OFFSET, BOOT_ID_LENGTH, StandardCharsets.US_ASCII);
        final List<StoreFile> files = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        final long directoryId = buffer.getLong(DIRECTORY_ID_OFFSET);
        try {
            buffer.position(HEADER_LENGTH);
            while (buffer.hasRemaining()) {
                final StoreFile next = decodeFile(buffer);
                if (!names.add(next.name())) {
                    return Optional.empty();
                }
                files.add(next);
            }
        } catch (final BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(new CleanMark(appliedSequence, bootId.replace("\0", ""), directoryId, List.copyOf(files)));
    }

    private static StoreFile decodeFile(final ByteBuffer buffer) {
        final long length = buffer.getLong();
        final long usedLength = buffer.getLong();
        final int nameLength = buffer.getInt();
        if (usedLength < 0 || usedLength > length || nameLength < 1 || nameLength > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("usedLength=" + usedLength + " nameLength=" + nameLength);
        }
        final byte[] ascii = new byte[nameLength];
        buffer.get(ascii);
        final String name = new String(ascii, StandardCharsets.US_ASCII);
        if (!FILE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name=" + name + ", expected that of a file beside the mark");
        }
        if (!ChainFiles.isPossible(name, length)) {
            throw new IllegalArgumentException("name=" + name + " length=" + length);
        }
        if (usedLength > (long) buffer.remaining() / Integer.BYTES * StoreFile.CHUNK_LENGTH) {
            throw new BufferUnderflowException();
        }
        final int[] crcs = new int[StoreFile.crcCount(usedLength)];
        buffer.asIntBuffer().get(crcs);
        buffer.position(buffer.position() + Integer.BYTES * crcs.length);
        return new StoreFile(name, length, usedLength, crcs);
    }
}
