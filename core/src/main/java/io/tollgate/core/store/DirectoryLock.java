package io.tollgate.core.store;

import io.tollgate.core.file.Audience;
import io.tollgate.core.file.Closing;
import io.tollgate.core.file.Presence;
import io.tollgate.core.file.Uninterrupted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The exclusive right of one engine to a data directory: a lock on the file {@code engine.lock} in it, which also says
 * who holds it ({@code pid=... since ... bootId=... startTicks=...}).
 *
 * <p>The operating system takes the lock back when the process ends, however it ends; a file that is left is no
 * obstacle. For control threads, whose interrupts are put off.
 */
public final class DirectoryLock implements AutoCloseable {
    /** The name of the lock file in its directory. */
    public static final String FILE_NAME = "engine.lock";

    private static final Set<OpenOption> TO_READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> TO_WRITE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> TO_MAKE = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final int MAX_OWNER_LENGTH = 256;
    private static final Pattern OWNER =
            Pattern.compile("pid=([0-9]{1,18}) since (\\S+) bootId=(\\S+)( startTicks=[0-9]{1,18})?");

    /**
     * Lock files that this JVM may have locked by another name of their directory, by the keys of the files. Closing
     * any channel of a file gives up all locks that this process has on it, so one must stay open.
     */
    private static final Map<Object, FileChannel> KEPT_OPEN = new HashMap<>();

    private final Path directory;
    /** Of the lock file, empty where there is none and none can be made. */
    private final Optional<FileChannel> channel;

    private final boolean isOwner;
    private boolean isClosed;

    private DirectoryLock(final Path directory, final Optional<FileChannel> channel, final boolean isOwner) {
        this.directory = directory;
        this.channel = channel;
        this.isOwner = isOwner;
    }

    /**
     * Takes the lock of a directory that is only to be read. Where its lock file may not be written, no engine is let
     * in all the same while it is held; where there is no such file either, none that comes to it here.
     *
     * @param dataDirectory the directory, which is there
     * @return the lock, held until it is closed or the process ends
     * @throws IllegalStateException if an engine holds it, in this process or another one; the message names it; or if
     *     the lock file is a link
     * @throws UncheckedIOException if there is no directory, or the lock file cannot be read
     */
    public static DirectoryLock acquireToRead(final Path dataDirectory) {
        return acquire(dataDirectory, true, Audience.OWNER);
    }

    /**
     * Takes the lock of a directory, as {@link #acquire(Path, Audience)} does; its file is made for its owner alone.
     *
     * @param dataDirectory the directory, which is there
     * @return the lock, held until it is closed or the process ends
     */
    public static DirectoryLock acquire(final Path dataDirectory) {
        return acquire(dataDirectory, Audience.OWNER);
    }

    /**
     * Takes the lock of a directory.
     *
     * @param dataDirectory the directory, which is there
     * @param audience who may read its file, and so share the lock, where it is not there yet
     * @return the lock, held until it is closed or the process ends
     * @throws IllegalStateException if another engine holds it, in this process or another one; the message names it;
     *     or if the lock file is a link
     * @throws UncheckedIOException if there is no directory, or the lock file cannot be made
     */
    public static DirectoryLock acquire(final Path dataDirectory, final Audience audience) {
        return acquire(dataDirectory, false, audience);
    }

    private static DirectoryLock acquire(final Path dataDirectory, final boolean isToRead, final Audience audience) {
        try {
            final Path directory = dataDirectory.toRealPath();
            return uninterrupted(() -> acquire(dataDirectory, directory, isToRead, audience));
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "dataDirectory=" + dataDirectory
                            + ": cannot be locked; check the disk, its free space, and the permissions there",
                    e);
        }
    }

    private static DirectoryLock acquire(
            final Path dataDirectory, final Path directory, final boolean isToRead, final Audience audience)
            throws IOException {
        final String holder = HeldDirectories.owner(directory);
        if (holder != null) {
            throw inUse(dataDirectory, holder);
        }
        final String owner = owner();
        final Path file = directory.resolve(FILE_NAME);
        requireNoLink(file);
        final DirectoryLock lock = isToRead && !mayWrite(file)
                ? new DirectoryLock(directory, share(dataDirectory, file), false)
                : new DirectoryLock(directory, Optional.of(lock(dataDirectory, file, owner, audience)), true);
        HeldDirectories.add(directory, owner);
        return lock;
    }

    /**
     * Alone in this JVM, until it is done: a channel that is closed gives up what another thread locks. An interrupt
     * closes the channel that is used; the call is made again, the interrupt left to the caller. One that comes while
     * this waits for others ends nothing.
     */
    private static <T> T uninterrupted(final Uninterrupted.Call<T, IOException> call) throws IOException {
        synchronized (HeldDirectories.MONITOR) {
            return Uninterrupted.call(call);
        }
    }

    private static boolean mayWrite(final Path file) {
        return Files.isWritable(Presence.isThere(file) ? file : file.getParent());
    }

    private static void requireNoLink(final Path file) {
        if (Files.isSymbolicLink(file)) {
            throw new IllegalStateException(
                    "file=" + file + ": found a symbolic link, expected a file of its own; remove it");
        }
    }

    /** Locks the file for reading, which is as good against an engine; one that is there is not written to. */
    private static Optional<FileChannel> share(final Path dataDirectory, final Path file) throws IOException {
        if (!Presence.isThere(file)) {
            return Optional.empty();
        }
        return Optional.of(openLocked(dataDirectory, file, TO_READ, Audience.OWNER));
    }

    private static FileChannel lock(
            final Path dataDirectory, final Path file, final String owner, final Audience audience) throws IOException {
        final FileChannel channel = openLocked(dataDirectory, file, TO_MAKE, audience);
        try {
            writeOwner(channel, owner);
            channel.force(true);
            return channel;
        } catch (final IOException | RuntimeException | Error e) {
            Closing.after(e, channel);
            throw e;
        }
    }

    /** Opens a file and locks it until its channel is closed; for others too, where it is not to be written. */
    private static FileChannel openLocked(
            final Path dataDirectory, final Path file, final Set<OpenOption> options, final Audience audience)
            throws IOException {
        closeKept(dataDirectory, file);
        final FileChannel channel = FileChannel.open(file, options, audience.file());
        try {
            if (channel.tryLock(0, Long.MAX_VALUE, !options.contains(StandardOpenOption.WRITE)) == null) {
                throw inUse(dataDirectory, readOwner(channel));
            }
            return channel;
        } catch (final OverlappingFileLockException e) {
            KEPT_OPEN.put(keyOf(file), channel);
            throw inUse(dataDirectory, readOwner(channel));
        } catch (final IOException | RuntimeException | Error e) {
            Closing.after(e, channel);
            throw e;
        }
    }

    /** Closes the channel that was kept of a file, once nobody in this JVM has that locked. */
    private static void closeKept(final Path dataDirectory, final Path file) throws IOException {
        if (!Presence.isThere(file)) {
            return;
        }
        final Object key = keyOf(file);
        final FileChannel kept = KEPT_OPEN.get(key);
        if (kept != null && kept.isOpen()) {
            try {
                kept.tryLock(0, Long.MAX_VALUE, true);
            } catch (final OverlappingFileLockException e) {
                throw inUse(dataDirectory, readOwner(kept));
            }
            KEPT_OPEN.remove(key);
            kept.close();
        }
    }

    private static BasicFileAttributes attributes(final Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static Object keyOf(final Path file) throws IOException {
        final Object key = attributes(file).fileKey();
        return key == null ? file.toRealPath() : key;
    }

    /** In one step, over all that is there: who reads meanwhile finds who had it, or who has it. */
    private static void writeOwner(final FileChannel channel, final String owner) throws IOException {
        final long before = Math.min(MAX_OWNER_LENGTH, channel.size());
        final String padding = " ".repeat((int) Math.max(0, before - owner.length()));
        channel.write(StandardCharsets.US_ASCII.encode(owner + padding), 0);
        channel.truncate(owner.length());
    }

    private static IllegalStateException inUse(final Path dataDirectory, final String holder) {
        return new IllegalStateException("dataDirectory=" + dataDirectory + " is in use by " + holder
                + "; close that engine, or choose another directory");
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
     * Who has a directory open, without a lock being tried or lost: for looking on from outside, or from the process
     * that has it open.
     *
     * @param dataDirectory the directory, which is there
     * @return the text in the lock file, empty if there is none, or the process that wrote it has ended: its start
     *     tells it from another one with the same number
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Optional<String> livingOwner(final Path dataDirectory) {
        final Path file = dataDirectory.resolve(FILE_NAME);
        try {
            final String text = uninterrupted(() -> ownerIn(file));
            final Matcher owner = OWNER.matcher(text);
            return owner.matches() && isAlive(owner) ? Optional.of(text) : Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    /** What the lock file says; one of a lock that this process holds is not touched. */
    private static String ownerIn(final Path file) throws IOException {
        try {
            final String held =
                    HeldDirectories.owner(file.toAbsolutePath().getParent().toRealPath());
            return held == null ? readOwner(file) : held;
        } catch (final NoSuchFileException e) {
            return "";
        }
    }

    private static String readOwner(final Path file) throws IOException {
        if (!attributes(file).isRegularFile()) {
            // Nobody has locked that.
            return "";
        }
        final Object key = keyOf(file);
        final FileChannel kept = KEPT_OPEN.get(key);
        if (kept != null && kept.isOpen()) {
            return readOwner(kept);
        }
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        KEPT_OPEN.put(key, channel);
        final String text = readOwner(channel);
        if (!text.startsWith("pid=" + ProcessHandle.current().pid() + " ")) {
            KEPT_OPEN.remove(key);
            channel.close();
        }
        return text;
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

    private static String readOwner(final FileChannel channel) throws IOException {
        final ByteBuffer text = ByteBuffer.allocate(MAX_OWNER_LENGTH);
        channel.read(text, 0);
        return text.position() == 0
                ? "pid=unknown"
                : StandardCharsets.UTF_8.decode(text.flip()).toString().stripTrailing();
    }

    /**
     * Returns the directory that is locked.
     *
     * @return its real path
     */
    public Path directory() {
        return directory;
    }

    /**
     * Gives the lock up. A second call does nothing.
     *
     * @throws UncheckedIOException if the lock file cannot be closed
     */
    @Override
    public void close() {
        giveUp(isOwner);
    }

    /**
     * Gives the lock up as the end of the process would: the lock file goes on saying who had it. A call behind that,
     * or behind {@link #close()}, does nothing.
     *
     * @throws UncheckedIOException if the lock file cannot be closed
     */
    public void abandon() {
        giveUp(false);
    }

    private void giveUp(final boolean isOwnerRemoved) {
        if (!isClosed) {
            try {
                uninterrupted(() -> closeFile(isOwnerRemoved));
            } catch (final IOException e) {
                throw new UncheckedIOException("dataDirectory=" + directory + ": lock file cannot be closed", e);
            }
        }
    }

    private Void closeFile(final boolean isOwnerRemoved) throws IOException {
        try (FileChannel file = channel.orElse(null)) {
            if (isOwnerRemoved) {
                removeOwner(file);
            }
        } finally {
            HeldDirectories.remove(directory);
            isClosed = true;
        }
        return null;
    }

    /** The process may live on: nobody is to take it for an owner any more. */
    private void removeOwner(final FileChannel file) throws IOException {
        if (file.isOpen()) {
            file.truncate(0);
            return;
        }
        // An interrupt has closed it, and given the lock up by that.
        try (FileChannel again = openLocked(directory, directory.resolve(FILE_NAME), TO_WRITE, Audience.OWNER)) {
            again.truncate(0);
        } catch (final IllegalStateException | NoSuchFileException e) {
            // Another process has the lock by now, and says so in the file; or that is gone.
        }
    }
}
