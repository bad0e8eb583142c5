package io.tollgate.core.store.seal;

import io.tollgate.api.UnsupportedVersionException;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileContents;
import io.tollgate.core.file.FileProbe;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.store.chain.ChainFiles;
import io.tollgate.core.store.memory.StoreFile;
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
 * The seal of a closed store: the file {@code seal} with checksums of all other files. The seal is written last. A
 * store that differs from its seal is damaged.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  magic "TOLLSEAL"                                             |
 *  8|  version (4 bytes), CRC-32C of all other bytes (4 bytes)      |
 * 16|  last operation of the log that the store includes            |
 * 24|  identity of the data directory                               |
 *   +---------------------------------------------------------------+
 * 32|  for each file of the store:                                  |
 *   |    its length                                                 |
 *   |    its used length                                            |
 *   |    length of its name (4 bytes), its name in ASCII            |
 *   |    a CRC-32C (4 bytes) of each chunk of its used length       |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * @param appliedSequence the last operation of the log that the store includes.
 * @param directoryId     the identity of the data directory.
 * @param files           the files of the store.
 */
public record StoreSeal(long appliedSequence, long directoryId, List<StoreFile> files) {
    static final long MAGIC = 0x4C41_4553_4C4C_4F54L;
    static final int VERSION = 1;
    static final int DIRECTORY_ID_OFFSET = FileSeal.LENGTH + Long.BYTES;
    static final int HEADER_LENGTH = DIRECTORY_ID_OFFSET + Long.BYTES;

    private static final String SEAL_FILE = "seal";
    private static final int MAX_NAME_LENGTH = 256;

    /** The maximum length of a seal in bytes: that of a store of one terabyte. */
    private static final int MAX_LENGTH = 1 << 28;

    private static final Pattern FILE_NAME = Pattern.compile("[a-z]+(-[0-9]+\\.[a-z]+)?");

    /**
     * Returns the path of the seal.
     *
     * @param directory of the store.
     * @return its path.
     */
    public static Path file(final Path directory) {
        return directory.resolve(SEAL_FILE);
    }

    /**
     * Creates the seal of a store from its files, which it reads back. All files must be on disk.
     *
     * @param parts the files of the store, without the file of its subscriptions.
     */
    public static StoreSeal of(
            final Path directory, final long appliedSequence, final long directoryId, final List<StoreFile> parts) {
        try {
            final List<StoreFile> sealed = new ArrayList<>(parts.size() + 1);
            for (final StoreFile file : parts) {
                sealed.add(file.sealed(directory));
            }
            final Path subscriptions = StoreDirectory.subscriptions(directory);
            if (FileProbe.isThere(subscriptions)) {
                final long length = Files.size(subscriptions);
                final String name = subscriptions.getFileName().toString();
                sealed.add(new StoreFile(name, length, length, new int[0]).sealed(directory));
            }
            return new StoreSeal(appliedSequence, directoryId, sealed);
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": cannot be read back; check the disk", e);
        }
    }

    /** Returns the files in the directory that the seal does not name. */
    List<Path> others(final Path directory) throws IOException {
        final Set<String> names = files.stream().map(StoreFile::name).collect(Collectors.toSet());
        return StoreDirectory.files(directory).stream()
                .filter(file -> !names.contains(file.getFileName().toString()))
                .sorted()
                .toList();
    }

    /**
     * Writes the seal durably. Before, files of the store that the seal does not name are deleted, such as an
     * unfinished map. Otherwise a check would report them as damage.
     *
     * @return the CRC-32C of the file.
     */
    public int write(final FileAccess files, final Path directory) {
        final Path file = file(directory);
        final ByteBuffer bytes = encode(file);
        try {
            for (final Path other : others(directory)) {
                files.delete(other);
            }
            FileContents.write(files, file, bytes);
            return bytes.getInt(FileSeal.CRC_OFFSET);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be written; check the disk", e);
        }
    }

    private ByteBuffer encode(final Path file) {
        long length = HEADER_LENGTH;
        for (final StoreFile part : files) {
            length += 2 * Long.BYTES + Integer.BYTES + part.name().length() + (long) Integer.BYTES * part.crcs().length;
        }
        if (length > MAX_LENGTH) {
            throw new IllegalStateException("file=" + file + " length=" + length + ", expected at most " + MAX_LENGTH
                    + ", the seal of a store of a terabyte: the store is rebuilt from the log when it is opened; spread"
                    + " the series over several engines");
        }
        final ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(FileSeal.LENGTH).putLong(appliedSequence).putLong(directoryId);
        for (final StoreFile part : files) {
            final byte[] name = part.name().getBytes(StandardCharsets.US_ASCII);
            bytes.putLong(part.length()).putLong(part.usedLength());
            bytes.putInt(name.length).put(name);
            for (final int crc : part.crcs()) {
                bytes.putInt(crc);
            }
        }
        return FileSeal.seal(bytes.array(), MAGIC, VERSION);
    }

    /**
     * Reads the seal of a store.
     *
     * @param directory of the store.
     * @return the seal; empty if it is missing or damaged.
     * @throws UnsupportedVersionException if another version wrote it.
     * @throws UncheckedIOException  if it cannot be read.
     */
    public static Optional<StoreSeal> read(final Path directory) {
        return bytes(directory).flatMap(bytes -> decode(file(directory), bytes));
    }

    /**
     * Reads the checksum of the seal of a store.
     *
     * @param directory of the store.
     * @return the CRC-32C in the header of the seal; 0 if the file is missing or too short.
     * @throws UncheckedIOException if it cannot be read.
     */
    public static int crc(final Path directory) {
        return bytes(directory)
                .filter(bytes -> bytes.length >= HEADER_LENGTH)
                .map(bytes ->
                        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(FileSeal.CRC_OFFSET))
                .orElse(0);
    }

    private static Optional<byte[]> bytes(final Path directory) {
        try {
            return Optional.of(FileContents.read(file(directory), MAX_LENGTH));
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file(directory) + ": cannot be read", e);
        }
    }

    private static Optional<StoreSeal> decode(final Path file, final byte[] bytes) {
        if (!FileSeal.isIntact(bytes, MAGIC)) {
            return Optional.empty();
        }
        FileSeal.requireVersion(file, bytes, VERSION);
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final List<StoreFile> files = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        final long appliedSequence;
        final long directoryId;
        try {
            appliedSequence = buffer.position(FileSeal.LENGTH).getLong();
            directoryId = buffer.getLong();
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
        return OperationDescriptor.isSequence(appliedSequence)
                ? Optional.of(new StoreSeal(appliedSequence, directoryId, List.copyOf(files)))
                : Optional.empty();
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
            throw new IllegalArgumentException("name=" + name + ", expected that of a file of the store");
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

    /**
     * Returns the total length of all files of the store.
     *
     * @return bytes.
     */
    public long byteCount() {
        return files.stream().mapToLong(StoreFile::length).sum();
    }
}
