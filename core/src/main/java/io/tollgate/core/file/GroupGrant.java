package io.tollgate.core.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/** Lets the group read what was made for its owner alone, before it was asked for {@link Audience#GROUP}. */
public final class GroupGrant {
    private static final boolean IS_UNIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    private static final int READ = 040;
    private static final int READ_AND_ENTER = 050;

    /** Not the type of the file, but the bit of a directory that gives its group to what is made in it. */
    private static final int SETTABLE = 07777;

    private GroupGrant() {}

    /**
     * Lets the group read all files and directories of this process's own that lie below a directory. Nothing changes
     * where the directory itself does not let its group read and enter, as its owner or a umask has said so; where the
     * group may not read what was made just now, as the umask or the file system keeps it from that; behind links; and
     * where the file system knows no permissions.
     *
     * @param directory by a path without links.
     * @param made      a file that this process has just made for the group: who owns it is who we are.
     * @throws IOException if the disk refuses, naming what cannot be given to the group.
     */
    public static void below(final Path directory, final Path made) throws IOException {
        if (!IS_UNIX) {
            return;
        }
        final Mode ours = Mode.of(made);
        if (Mode.of(directory).has(READ_AND_ENTER) && ours.has(READ)) {
            Files.walkFileTree(directory, new Grant(ours.owner()));
        }
    }

    /** The permissions of a file with the bits that Java has no name for, and the number of its owner. */
    private record Mode(int bits, int owner) {
        static Mode of(final Path path) throws IOException {
            final Map<String, Object> found = Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
            return new Mode((Integer) found.get("mode") & SETTABLE, (Integer) found.get("uid"));
        }

        boolean has(final int wanted) {
            return (bits & wanted) == wanted;
        }
    }

    private static final class Grant extends SimpleFileVisitor<Path> {
        private final int owner;

        private Grant(final int owner) {
            this.owner = owner;
        }

        @Override
        public FileVisitResult preVisitDirectory(final Path visited, final BasicFileAttributes attributes)
                throws IOException {
            grant(visited, READ_AND_ENTER);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
            if (attributes.isRegularFile()) {
                grant(file, READ);
            }
            return FileVisitResult.CONTINUE;
        }

        /** By its name: to close a file that was opened for this would give up the lock that we have on it. */
        private void grant(final Path path, final int wanted) throws IOException {
            try {
                final Mode mode = Mode.of(path);
                if (mode.owner() == owner && !mode.has(wanted)) {
                    Files.setAttribute(path, "unix:mode", mode.bits() | wanted);
                }
            } catch (final IOException e) {
                throw new IOException(
                        "file=" + path + ": cannot be given to its group to read; do so (chmod g+rX), or open without"
                                + " groupMayRead",
                        e);
            }
        }

        /** It may have gone meanwhile, or be closed to us, and somebody else's. */
        @Override
        public FileVisitResult visitFileFailed(final Path file, final IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException || failure instanceof AccessDeniedException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
