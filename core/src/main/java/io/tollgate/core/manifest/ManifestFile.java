package io.tollgate.core.manifest;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.UnsupportedVersionException;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileContents;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.report.Damage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The file {@code manifest} of a data directory, mapped while an engine has the directory open.
 *
 * <pre>
 *      0  page A: a manifest
 *   4096  page B: a manifest
 *   8192  positions of the log, see {@link LogPositions}
 *  12288
 * </pre>
 *
 * <p>A change is written to the page of the older manifest, and forced. The newest page with a valid checksum counts,
 * so a power failure leaves the manifest before or after the change. {@link #writeTwice} writes both pages, so that no
 * older page can reappear.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  magic "TOLLMANI"                                             |
 *  8|  version (4 bytes), CRC-32C of all other bytes of the page (4)|
 * 16|  generation: the larger one counts                            |
 * 24|  identity of the directory                                    |
 * 32|  device of this file          | 40  inode of this file        |
 * 48|  state (4 bytes), clock mode (4 bytes)                        |
 * 56|  first sequence of the log    | 64  needed sequence           |
 * 72|  sequence of the newest checkpoint                            |
 * 80|  sequence of the closed store | 88  CRC-32C of its seal (4)   |
 * 96|  boot id, ASCII, zero padded to 40 bytes                      |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Device and inode distinguish a copy of a directory from the original. All methods are thread safe.
 */
public final class ManifestFile implements AutoCloseable {
    /** The name of the file in its directory. */
    public static final String FILE_NAME = "manifest";

    static final long MAGIC = 0x494E_414D_4C4C_4F54L;
    static final int VERSION = 1;
    static final int PAGE_LENGTH = 4096;
    /** The offset of the log positions in the file, in bytes. */
    public static final int POSITIONS_OFFSET = 2 * PAGE_LENGTH;

    static final int LENGTH = 3 * PAGE_LENGTH;
    static final int GENERATION_OFFSET = FileSeal.LENGTH;
    static final int IDENTITY_OFFSET = 24;
    static final int DEVICE_OFFSET = 32;
    static final int INODE_OFFSET = 40;
    static final int STATE_OFFSET = 48;
    static final int CLOCK_MODE_OFFSET = 52;
    static final int FIRST_SEQUENCE_OFFSET = 56;
    static final int NEEDED_SEQUENCE_OFFSET = 64;
    static final int CHECKPOINT_OFFSET = 72;
    static final int CLOSED_SEQUENCE_OFFSET = 80;
    static final int SEAL_CRC_OFFSET = 88;
    static final int BOOT_ID_OFFSET = 96;
    static final int BOOT_ID_LENGTH = 40;

    private static final boolean IS_UNIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    private final Path path;
    private final DataFile file;
    private final UnsafeBuffer buffer;
    private final Place place;
    private final LogPositions positions;
    private Manifest current;
    private long generation;
    private boolean isClosed;

    /** Device and inode of a file; zeros if the file system has none. */
    private record Place(long device, long inode) {
        static Place of(final Path file) throws IOException {
            if (!IS_UNIX) {
                return new Place(0, 0);
            }
            final Map<String, Object> found = Files.readAttributes(file, "unix:dev,ino");
            return new Place(((Number) found.get("dev")).longValue(), ((Number) found.get("ino")).longValue());
        }
    }

    /**
     * The contents of a manifest file.
     *
     * @param file       that was read.
     * @param manifest   the newest valid manifest.
     * @param generation of the manifest; a later change has a larger one.
     * @param isCopy     true if the file was copied from another one.
     * @param positions  of the log.
     */
    public record Found(Path file, Manifest manifest, long generation, boolean isCopy, LogPositions.Found positions) {
        /**
         * Returns the last operation that the log must have.
         *
         * @param boot the current boot of the machine.
         * @return the last operation of a closed store; else the durable one or, if the machine was not restarted
         *     since, the applied one.
         * @throws IllegalStateException if the positions of an open directory are damaged.
         */
        public long requiredSequence(final String boot) {
            if (manifest.seal().isPresent()) {
                return manifest.seal().get().sequence();
            }
            if (positions.isDamaged()) {
                throw new DirectoryDamagedException(
                        "file=" + file + " position=" + POSITIONS_OFFSET
                                + ": found two slots with wrong check words, expected a log position; run recover, or"
                                + " restore the directory from a backup",
                        file);
            }
            final boolean isSameBoot = !isCopy && !boot.isEmpty() && boot.equals(manifest.bootId());
            return Math.max(
                    Math.max(positions.durableSequence(), isSameBoot ? positions.appliedSequence() : 0),
                    manifest.checkpointSequence());
        }
    }

    private record Page(Manifest manifest, long generation, Place place) {}

    private ManifestFile(final Path path, final DataFile file, final Place place, final Page page) throws IOException {
        this.path = path;
        this.file = file;
        this.place = place;
        buffer = new UnsafeBuffer(file.map(LENGTH));
        positions = new LogPositions(new UnsafeBuffer(buffer, POSITIONS_OFFSET, PAGE_LENGTH));
        // Applied positions of this boot are not valid in a copy.
        current = page.place().equals(place) ? page.manifest() : page.manifest().withoutBoot();
        generation = page.generation();
    }

    /**
     * Creates the manifest of a new directory. It is on disk when this returns.
     *
     * @param files     to reach the directory through.
     * @param directory that is locked.
     * @param manifest  the first manifest.
     * @return the file.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static ManifestFile create(final FileAccess files, final Path directory, final Manifest manifest) {
        final Path path = directory.resolve(FILE_NAME);
        try {
            final Path unfinished = FileContents.unfinished(path);
            FileContents.write(files, path, made -> {
                final UnsafeBuffer image = new UnsafeBuffer(new byte[LENGTH]);
                final Place place = Place.of(unfinished);
                put(image, 0, new Page(manifest, 1, place));
                put(image, PAGE_LENGTH, new Page(manifest, 2, place));
                LogPositions.initialise(new UnsafeBuffer(image, POSITIONS_OFFSET, PAGE_LENGTH), 0);
                made.writeAll(ByteBuffer.wrap(image.byteArray()), 0);
            });
            return open(files, directory);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + path + ": cannot be made; check the disk and its free space", e);
        }
    }

    /**
     * Opens the manifest of a directory for writing.
     *
     * @param files     to reach the directory through.
     * @param directory that is locked.
     * @return the file.
     * @throws IllegalStateException if it is missing, damaged or of another version.
     * @throws UncheckedIOException  if the disk refuses.
     */
    public static ManifestFile open(final FileAccess files, final Path directory) {
        final Path path = directory.resolve(FILE_NAME);
        try {
            final Page page = newest(path, bytes(path));
            final DataFile file = files.openForWrite(path);
            try {
                return new ManifestFile(path, file, Place.of(path), page);
            } catch (final IOException | RuntimeException | Error e) {
                CloseHelper.close(e::addSuppressed, file);
                throw e;
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + path + ": cannot be opened; check the disk", e);
        }
    }

    /**
     * Reads the manifest of a directory that another process may be changing.
     *
     * @param directory to read.
     * @return the contents, empty without a file.
     * @throws IllegalStateException if it is damaged or of another version.
     * @throws UncheckedIOException  if it cannot be read.
     */
    public static Optional<Found> read(final Path directory) {
        final Path path = directory.resolve(FILE_NAME);
        try {
            final byte[] bytes = bytes(path);
            final Page page = newest(path, bytes);
            final UnsafeBuffer last = new UnsafeBuffer(bytes, POSITIONS_OFFSET, PAGE_LENGTH);
            return Optional.of(new Found(
                    path,
                    page.manifest(),
                    page.generation(),
                    !page.place().equals(Place.of(path)),
                    LogPositions.read(last)));
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + path + ": cannot be read; check the disk", e);
        }
    }

    /**
     * Lists the damages of a manifest file, including those of an outdated page.
     *
     * @param directory to check; no process has it open.
     * @return the damages, empty without a file.
     * @throws UnsupportedVersionException if another version wrote the file.
     * @throws UncheckedIOException  if it cannot be read.
     */
    public static List<Damage> damages(final Path directory) {
        final Path path = directory.resolve(FILE_NAME);
        final List<Damage> found = new ArrayList<>();
        try {
            final byte[] bytes = bytes(path);
            for (final int offset : new int[] {0, PAGE_LENGTH}) {
                if (page(path, bytes, offset).isEmpty()) {
                    found.add(new Damage(path, offset, "a page with a wrong crc32c", "a manifest"));
                }
            }
            if (LogPositions.isDamaged(new UnsafeBuffer(bytes, POSITIONS_OFFSET, PAGE_LENGTH))) {
                found.add(new Damage(path, POSITIONS_OFFSET, "two slots with wrong check words", "a log position"));
            }
        } catch (final NoSuchFileException e) {
            return found;
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + path + ": cannot be read; check the disk", e);
        }
        return found;
    }

    /** Returns the bytes of the file, padded with zeros. */
    private static byte[] bytes(final Path path) throws IOException {
        final byte[] found = FileContents.read(path, LENGTH);
        return Arrays.copyOf(found, LENGTH);
    }

    private static Page newest(final Path path, final byte[] bytes) {
        final Optional<Page> a = page(path, bytes, 0);
        final Optional<Page> b = page(path, bytes, PAGE_LENGTH);
        if (a.isEmpty() && b.isEmpty()) {
            throw new DirectoryDamagedException(
                    "file=" + path + ": found no page with a valid checksum, expected a manifest;"
                            + " run recover, or restore the directory from a backup",
                    path);
        }
        final boolean isFirst =
                b.isEmpty() || a.isPresent() && a.get().generation() > b.get().generation();
        return isFirst ? a.get() : b.get();
    }

    private static Optional<Page> page(final Path path, final byte[] bytes, final int offset) {
        final byte[] page = Arrays.copyOfRange(bytes, offset, offset + PAGE_LENGTH);
        if (!FileSeal.isIntact(page, MAGIC)) {
            return Optional.empty();
        }
        FileSeal.requireVersion(path, page, VERSION);
        final UnsafeBuffer buffer = new UnsafeBuffer(page);
        final int stateCode = buffer.getInt(STATE_OFFSET);
        final long firstSequence = buffer.getLong(FIRST_SEQUENCE_OFFSET);
        final long neededSequence = buffer.getLong(NEEDED_SEQUENCE_OFFSET);
        final long checkpointSequence = buffer.getLong(CHECKPOINT_OFFSET);
        final long closedSequence = buffer.getLong(CLOSED_SEQUENCE_OFFSET);
        final boolean isPossible = stateCode >= 0
                && stateCode < Manifest.State.values().length
                && firstSequence >= 1
                && OperationDescriptor.isSequence(firstSequence)
                && OperationDescriptor.isSequence(neededSequence)
                && OperationDescriptor.isSequence(checkpointSequence)
                && OperationDescriptor.isSequence(closedSequence);
        if (!isPossible) {
            return Optional.empty();
        }
        final Manifest.State state = Manifest.State.values()[stateCode];
        return Optional.of(new Page(
                new Manifest(
                        buffer.getLong(IDENTITY_OFFSET),
                        state,
                        buffer.getStringWithoutLengthAscii(BOOT_ID_OFFSET, BOOT_ID_LENGTH)
                                .replace("\0", ""),
                        buffer.getInt(CLOCK_MODE_OFFSET),
                        new Manifest.LogStart(firstSequence, neededSequence),
                        checkpointSequence,
                        state == Manifest.State.CLOSED
                                ? Optional.of(new Manifest.Seal(closedSequence, buffer.getInt(SEAL_CRC_OFFSET)))
                                : Optional.empty()),
                buffer.getLong(GENERATION_OFFSET),
                new Place(buffer.getLong(DEVICE_OFFSET), buffer.getLong(INODE_OFFSET))));
    }

    private static void put(final UnsafeBuffer file, final int offset, final Page page) {
        final Manifest manifest = page.manifest();
        final byte[] bytes = new byte[PAGE_LENGTH];
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        buffer.putLong(GENERATION_OFFSET, page.generation());
        buffer.putLong(IDENTITY_OFFSET, manifest.identity());
        buffer.putLong(DEVICE_OFFSET, page.place().device());
        buffer.putLong(INODE_OFFSET, page.place().inode());
        buffer.putInt(STATE_OFFSET, manifest.state().ordinal());
        buffer.putInt(CLOCK_MODE_OFFSET, manifest.clockModeCode());
        buffer.putLong(FIRST_SEQUENCE_OFFSET, manifest.log().firstSequence());
        buffer.putLong(NEEDED_SEQUENCE_OFFSET, manifest.log().neededSequence());
        buffer.putLong(CHECKPOINT_OFFSET, manifest.checkpointSequence());
        manifest.seal().ifPresent(seal -> {
            buffer.putLong(CLOSED_SEQUENCE_OFFSET, seal.sequence());
            buffer.putInt(SEAL_CRC_OFFSET, seal.crc());
        });
        final String boot = manifest.bootId();
        buffer.putStringWithoutLengthAscii(BOOT_ID_OFFSET, boot.substring(0, Math.min(boot.length(), BOOT_ID_LENGTH)));
        FileSeal.seal(bytes, MAGIC, VERSION);
        file.putBytes(offset, bytes);
    }

    /**
     * Returns the newest manifest.
     *
     * @return the manifest.
     */
    public synchronized Manifest current() {
        return current;
    }

    /**
     * Returns the positions of the log. They are forced by {@link #force}.
     *
     * @return the positions; not used after {@link #close}.
     */
    public LogPositions positions() {
        return positions;
    }

    /**
     * Sets both positions to an operation. The log must be on disk up to it.
     *
     * @param sequence of the operation.
     */
    public synchronized void begin(final long sequence) {
        LogPositions.initialise(new UnsafeBuffer(buffer, POSITIONS_OFFSET, PAGE_LENGTH), sequence);
        force();
    }

    /**
     * Writes a new manifest. It is on disk when this returns.
     *
     * @param next manifest.
     * @throws UncheckedIOException if the disk fails; the manifest on disk is then the previous or the next one.
     */
    public synchronized void write(final Manifest next) {
        if (isClosed) {
            throw new IllegalStateException("file=" + path + " is closed; open it again");
        }
        generation++;
        put(buffer, (generation & 1) == 1 ? 0 : PAGE_LENGTH, new Page(next, generation, place));
        force();
        current = next;
    }

    /**
     * Writes a new manifest to both pages. It is on disk when this returns, and no earlier manifest remains.
     *
     * @param next manifest.
     * @throws UncheckedIOException if the disk refuses.
     */
    public synchronized void writeTwice(final Manifest next) {
        write(next);
        write(next);
    }

    /**
     * Waits until the manifest and the positions are on disk.
     *
     * @throws UncheckedIOException if the disk refuses.
     */
    public void force() {
        try {
            file.force();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + path + ": cannot be forced; check the disk", e);
        }
    }

    /**
     * Unmaps the file. Closing again has no effect.
     *
     * @throws UncheckedIOException if the file cannot be closed.
     */
    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            positions.end();
            buffer.wrap(0, 0);
            try {
                file.close();
            } catch (final IOException e) {
                throw new UncheckedIOException("file=" + path + ": cannot be closed; check the disk", e);
            }
        }
    }
}
