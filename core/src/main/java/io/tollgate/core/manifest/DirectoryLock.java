package io.tollgate.core.manifest;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.DirectoryInUseException;
import io.tollgate.core.file.FilePermissions;
import io.tollgate.core.file.FileProbe;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.CloseHelper;

/**
 * The exclusive right of one engine to a data directory. It is a lock on the file {@code engine.lock}, which also names
 * the owner ({@code pid=... since ... bootId=... startTicks=...}).
 *
 * <p>The operating system releases the lock when the process ends for any reason. A remaining file is not an obstacle.
 * Called by control threads; the calls are not affected by an interrupt.
 */
public final class DirectoryLock implements AutoCloseable {
    /** The name of the lock file in its directory. */
    public static final String FILE_NAME = "engine.lock";

    private static final int MAX_OWNER_LENGTH = 256;
    private static final Pattern OWNER =
            Pattern.compile("pid=([0-9]{1,18}) since (\\S+) bootId=(\\S+)( startTicks=[0-9]{1,18})?");

    /** The owners of the directories that this JVM has locked. */
    private static final Map<Path, String> OWNERS = new HashMap<>();

    /**
     * Lock files by file key. Another path of the same directory or another class loader of this JVM may hold their
     * lock. Closing any descriptor of a file releases all locks of the process on it, so these descriptors stay open.
     */
    private static final Map<Object, RandomAccessFile> KEPT_OPEN = new HashMap<>();

    private final Path directory;
    /** Null if the directory is opened for reading and has no lock file. */
    private final RandomAccessFile file;

    private final boolean isOwner;
    private boolean isClosed;

    private DirectoryLock(final Path directory, final RandomAccessFile file, final boolean isOwner) {
        this.directory = directory;
        this.file = file;
        this.isOwner = isOwner;
    }

    /**
     * Locks a directory for reading. This writes no file, so without a lock file there is no lock.
     *
     * @param dataDirectory the directory, which exists
     * @return the lock, held until it is closed or the process ends
     * @throws IllegalStateException if an engine of this or another process holds the lock, which the message names; or
     *     if the lock file is a link
     * @throws UncheckedIOException if there is no directory, or the lock file cannot be read
     */
    public static DirectoryLock acquireToRead(final Path dataDirectory) {
        return acquire(dataDirectory, true, FilePermissions.OWNER);
    }

    /**
     * Locks a directory, as {@link #acquire(Path, FilePermissions)} does. A new lock file is readable by its owner
     * only.
     *
     * @param dataDirectory the directory, which exists
     * @return the lock, held until it is closed or the process ends
     */
    public static DirectoryLock acquire(final Path dataDirectory) {
        return acquire(dataDirectory, FilePermissions.OWNER);
    }

    /**
     * Locks a directory.
     *
     * @param dataDirectory the directory, which exists
     * @param audience the read permissions of a new lock file; an account that may read the file may also share the
     *     lock
     * @return the lock, held until it is closed or the process ends
     * @throws IllegalStateException if another engine of this or another process holds the lock, which the message
     *     names; or if the lock file is a link
     * @throws UncheckedIOException if there is no directory, or the lock file cannot be created
     */
    public static DirectoryLock acquire(final Path dataDirectory, final FilePermissions audience) {
        return acquire(dataDirectory, false, audience);
    }

    private static synchronized DirectoryLock acquire(
            final Path dataDirectory, final boolean isToRead, final FilePermissions audience) {
        try {
            final Path directory = dataDirectory.toRealPath();
            if (OWNERS.containsKey(directory)) {
                throw inUse(dataDirectory, OWNERS.get(directory));
            }
            final String owner = owner();
            final Path path = directory.resolve(FILE_NAME);
            requireNoLink(path);
            if (!isToRead) {
                make(path, audience);
            }
            final RandomAccessFile file =
                    isToRead && !FileProbe.isThere(path) ? null : openLocked(dataDirectory, path, isToRead);
            if (!isToRead) {
                writeOwner(file, owner);
            }
            OWNERS.put(directory, owner);
            return new DirectoryLock(directory, file, !isToRead);
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "dataDirectory=" + dataDirectory
                            + ": cannot be locked; check the disk, its free space, and the permissions there",
                    e);
        }
    }

    private static void requireNoLink(final Path path) {
        if (Files.isSymbolicLink(path)) {
            throw new DirectoryDamagedException(
                    "file=" + path + ": found a symbolic link, expected a file of its own; remove it", path);
        }
    }

    private static void make(final Path path, final FilePermissions audience) throws IOException {
        try {
            Files.createFile(path, audience.file());
        } catch (final FileAlreadyExistsException e) {
            // The file of an earlier engine is used again.
        }
    }

    /** Opens a file and locks it until it is closed. The lock is exclusive, or shared if it is for reading. */
    private static RandomAccessFile openLocked(final Path dataDirectory, final Path path, final boolean isToRead)
            throws IOException {
        closeKept(dataDirectory, path);
        final RandomAccessFile file = new RandomAccessFile(path.toFile(), isToRead ? "r" : "rw");
        try {
            if (file.getChannel().tryLock(0, Long.MAX_VALUE, isToRead) == null) {
                throw inUse(dataDirectory, readOwner(file));
            }
            return file;
        } catch (final OverlappingFileLockException e) {
            KEPT_OPEN.put(keyOf(path), file);
            throw inUse(dataDirectory, readOwner(file));
        } catch (final IOException | RuntimeException e) {
            CloseHelper.close(e::addSuppressed, file);
            throw e;
        }
    }

    /** Closes the descriptor that was kept open, if no lock of this JVM remains on the file. */
    private static void closeKept(final Path dataDirectory, final Path path) throws IOException {
        final Object key = keyOf(path);
        final RandomAccessFile kept = KEPT_OPEN.get(key);
        if (kept != null) {
            try {
                kept.getChannel().tryLock(0, Long.MAX_VALUE, true);
            } catch (final OverlappingFileLockException e) {
                throw inUse(dataDirectory, readOwner(kept));
            }
            KEPT_OPEN.remove(key);
            kept.close();
        }
    }

    private static BasicFileAttributes attributes(final Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static Object keyOf(final Path path) throws IOException {
        final Object key = attributes(path).fileKey();
        return key == null ? path : key;
    }

    /** Replaces the contents in one write, so that another process never reads a mixture of two owners. */
    private static void writeOwner(final RandomAccessFile file, final String owner) throws IOException {
        try {
            final long before = Math.min(MAX_OWNER_LENGTH, file.length());
            final String padding = " ".repeat((int) Math.max(0, before - owner.length()));
            file.seek(0);
            file.write((owner + padding).getBytes(StandardCharsets.US_ASCII));
            file.setLength(owner.length());
        } catch (final IOException e) {
            CloseHelper.close(e::addSuppressed, file);
            throw e;
        }
    }

    private static DirectoryInUseException inUse(final Path dataDirectory, final String owner) {
        final Optional<String> living = living(owner);
        return new DirectoryInUseException(
                "dataDirectory=" + dataDirectory + " is in use by " + living.orElse("another process")
                        + "; close that engine, or choose another directory",
                dataDirectory,
                living);
    }

    private static String owner() {
        final ProcessHandle process = ProcessHandle.current();
        final long ticks = ProcessStart.ticks(process.pid());
        return "pid=" + process.pid() + " since " + since(process) + " bootId=" + BootId.current()
                + (ticks == ProcessStart.UNKNOWN ? "" : startTicks(ticks));
    }

    private static String startTicks(final long ticks) {
        return " startTicks=" + ticks;
    }

    /**
     * Returns the owner of a directory without trying or losing a lock. Used to inspect a directory from outside, or
     * from the process that has it open.
     *
     * @param dataDirectory the directory, which exists
     * @return the text in the lock file; empty if there is no lock file, or the process has ended. The start of the
     *     process distinguishes it from a later one with the same pid
     * @throws UncheckedIOException if the file cannot be read
     */
    public static synchronized Optional<String> livingOwner(final Path dataDirectory) {
        final Path path = dataDirectory.resolve(FILE_NAME);
        try {
            final String held = OWNERS.get(dataDirectory.toRealPath());
            return living(held == null ? readOwner(path) : held);
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + path + ": cannot be read", e);
        }
    }

    private static String readOwner(final Path path) throws IOException {
        if (!attributes(path).isRegularFile()) {
            // Only a regular file can be locked.
            return "";
        }
        final Object key = keyOf(path);
        final RandomAccessFile kept = KEPT_OPEN.get(key);
        if (kept != null) {
            return readOwner(kept);
        }
        final RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        final String text = readOwner(file);
        if (text.startsWith("pid=" + ProcessHandle.current().pid() + " ")) {
            KEPT_OPEN.put(key, file);
        } else {
            file.close();
        }
        return text;
    }

    private static Optional<String> living(final String text) {
        final Matcher owner = OWNER.matcher(text);
        return owner.matches() && isAlive(owner) ? Optional.of(text) : Optional.empty();
    }

    private static boolean isAlive(final Matcher owner) {
        final long pid = Long.parseLong(owner.group(1));
        final String startTicks = owner.group(4);
        return owner.group(3).equals(BootId.current())
                && ProcessHandle.of(pid)
                        .filter(process -> startTicks == null
                                ? owner.group(2).equals(since(process))
                                : startTicks.equals(startTicks(ProcessStart.ticks(pid))))
                        .isPresent();
    }

    private static String since(final ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    private static String readOwner(final RandomAccessFile file) throws IOException {
        final byte[] text = new byte[MAX_OWNER_LENGTH];
        file.seek(0);
        return new String(text, 0, Math.max(0, file.read(text)), StandardCharsets.UTF_8).stripTrailing();
    }

    /**
     * Returns the locked directory.
     *
     * @return its real path
     */
    public Path directory() {
        return directory;
    }

    /**
     * Releases the lock. Closing again has no effect.
     *
     * @throws UncheckedIOException if the lock file cannot be closed
     */
    @Override
    public void close() {
        synchronized (DirectoryLock.class) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            OWNERS.remove(directory);
            try (file) {
                if (isOwner) {
                    // The process may continue, but does not own the directory any longer.
                    file.setLength(0);
                }
            } catch (final IOException e) {
                throw new UncheckedIOException("dataDirectory=" + directory + ": lock file cannot be closed", e);
            }
        }
    }
}
