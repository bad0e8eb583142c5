package io.tollgate.core;

import io.tollgate.core.file.Audience;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.Presence;
import io.tollgate.core.store.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.UUID;
import java.util.regex.Pattern;
import org.agrona.ErrorHandler;

/**
 * A directory in which a copy is made, beside its target, the name of which it gets when it is whole and on disk. It is
 * locked until then, as that of an engine: so one that is being made is told from what a process has left that was
 * killed, or could not delete. The latter goes with the next copy that is made for the same target.
 */
final class UnfinishedCopy implements AutoCloseable {
    private static final String SUFFIX = ".unfinished-";

    /** What {@link UUID} writes. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Path PROCESS = Path.of("/proc/self");

    private final FileAccess files;
    private final Path target;
    private final Path path;
    private final DirectoryLock lock;
    private boolean isPublished;

    private UnfinishedCopy(final FileAccess files, final Path target, final Path path, final DirectoryLock lock) {
        this.files = files;
        this.target = target;
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes it, and the directories above the target that are not there; what was left beside that by processes that
     * were killed while they made a copy for it, of this account, is deleted first.
     *
     * @param target  by an absolute path.
     * @param handler is told what cannot be deleted: it takes room, and does nothing else.
     * @throws IOException if the disk refuses; nothing is left then.
     */
    static UnfinishedCopy make(final FileAccess files, final Path target, final ErrorHandler handler)
            throws IOException {
        FileTree.make(files, target.getParent());
        deleteLeft(files, target, handler);
        // Nobody else has this name, whatever stands beside the target.
        final Path path = target.resolveSibling(target.getFileName() + SUFFIX + UUID.randomUUID());
        files.createDirectory(path);
        try {
            return new UnfinishedCopy(files, target, path, DirectoryLock.acquire(path, files.audience()));
        } catch (final RuntimeException | Error e) {
            deleteAfter(e, files, path);
            throw e;
        }
    }

    private static void deleteLeft(final FileAccess files, final Path target, final ErrorHandler handler) {
        try {
            for (final Path path : files.list(target.getParent())) {
                if (isUnfinished(path, target)) {
                    deleteIfLeft(files, path, target, handler);
                }
            }
        } catch (final IOException | UncheckedIOException e) {
            handler.onError(undeleted(target, e));
        }
    }

    /** By its name, which nothing else has. */
    private static boolean isUnfinished(final Path path, final Path target) throws IOException {
        final String begin = target.getFileName() + SUFFIX;
        final String name = path.getFileName().toString();
        return name.startsWith(begin)
                && ID.matcher(name.substring(begin.length())).matches()
                && !Files.isSymbolicLink(path)
                && Presence.isDirectory(path);
    }

    private static void deleteIfLeft(
            final FileAccess files, final Path path, final Path target, final ErrorHandler handler) {
        try {
            if (!isOwn(path)) {
                handler.onError(new IOException("directory=" + path + " owner=" + Files.getOwner(path)
                        + ", expected owner=" + account() + ": a backup of the former is making it, or was"
                        + " killed and has left it; it stays"));
            } else if (isOfKilled(path)) {
                deleteUnlessLocked(files, path);
            }
        } catch (final IOException | UncheckedIOException e) {
            handler.onError(undeleted(target, e));
        }
    }

    private static IOException undeleted(final Path target, final Exception cause) {
        return new IOException(
                "target=" + target + ": what was left beside it by copies that were killed cannot be deleted: " + cause,
                cause);
    }

    /** One without a lock that names its owner was closed, or is none: it is left to whoever has put it there. */
    private static boolean isOfKilled(final Path path) throws IOException {
        final Path lockFile = path.resolve(DirectoryLock.FILE_NAME);
        return !Files.isSymbolicLink(lockFile) && Presence.isRegularFile(lockFile) && Files.size(lockFile) > 0;
    }

    /**
     * Whether it is of the account that makes the copy: what others have put there they could exchange for a link while
     * it is deleted. Where files have no accounts it counts as such.
     */
    private static boolean isOwn(final Path path) throws IOException {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) == null
                || Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(account());
    }

    /** That of this process where the operating system tells it (Linux does), else what Java says it is called. */
    private static UserPrincipal account() throws IOException {
        return Presence.isThere(PROCESS)
                ? Files.getOwner(PROCESS)
                : PROCESS.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name"));
    }

    private static void deleteUnlessLocked(final FileAccess files, final Path path) throws IOException {
        final DirectoryLock lock;
        try {
            lock = DirectoryLock.acquire(path);
        } catch (final IllegalStateException e) {
            // It is being made.
            return;
        }
        try {
            delete(files, path);
        } finally {
            // Without what it says of its owner the next copy would leave what could not be deleted.
            lock.abandon();
        }
    }

    /** Its name is on disk before any of it goes. */
    private static void delete(final FileAccess files, final Path directory) throws IOException {
        if (!Presence.isThere(directory)) {
            return;
        }
        // It may have given back the target's, under which a power failure would leave a part of it.
        files.forceDirectory(directory.getParent());
        for (final Path entry : files.list(directory)) {
            // Last of all: without it the next copy would leave the rest.
            if (!entry.endsWith(DirectoryLock.FILE_NAME)) {
                FileTree.delete(files, entry);
            }
        }
        FileTree.delete(files, directory);
    }

    Path path() {
        return path;
    }

    /** Gives a copy that is whole its name, on disk too; where that cannot be forced the copy gives it back. */
    void publish() throws IOException {
        Audience.keepPermissions(path, target);
        try {
            files.rename(path, target);
            isPublished = true;
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "target=" + target + ": a copy was made, and cannot take its place; where something is mounted"
                            + " there, name a directory in it",
                    e);
        }
        try {
            files.forceDirectory(target.getParent());
        } catch (final IOException | RuntimeException | Error e) {
            giveNameBackAfter(e);
            throw e;
        }
    }

    /** Under its own name it is told from others by the next copy, should it not be deleted as a whole. */
    private void giveNameBackAfter(final Throwable cause) {
        try {
            files.rename(target, path);
            isPublished = false;
        } catch (final IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Deletes one that did not become whole, or has given its name back. */
    void deleteAfter(final Throwable cause) {
        deleteAfter(cause, files, path);
    }

    private static void deleteAfter(final Throwable cause, final FileAccess files, final Path directory) {
        try {
            delete(files, directory);
        } catch (final IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Gives the lock up; what could not be deleted is left as a killed process leaves it, for the next copy. */
    @Override
    public void close() {
        if (isPublished) {
            lock.close();
        } else {
            lock.abandon();
        }
    }
}
