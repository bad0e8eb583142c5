package io.tollgate.core.file;

import io.tollgate.api.DirectoryDamagedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Directory trees. Links are followed only if the method says so. */
public final class FileTree {
    /** The pattern of all names in a directory. */
    public static final String ALL = "*";

    /** The limit of an operating system on links in a path. */
    private static final int MAX_LINKS = 40;

    private FileTree() {}

    /**
     * Creates a directory and its missing parents, and forces their names. Any user may read them, as far as the umask
     * of the process permits.
     *
     * @param files     to create it through.
     * @param directory to create; the name of an existing one is forced, and its permissions stay.
     * @throws IOException if the disk fails, or a file has the name.
     */
    public static void make(final FileAccess files, final Path directory) throws IOException {
        make(files, directory, false);
    }

    /**
     * Creates a directory with the permissions of the file access, if the file system supports permissions. Missing
     * parents are created as by {@link #make(FileAccess, Path)}.
     *
     * @param files     to create it through.
     * @param directory to create; the name of an existing one is forced, and its permissions stay.
     * @throws IOException if the disk fails, or a file has the name.
     */
    public static void makeRestricted(final FileAccess files, final Path directory) throws IOException {
        make(files, directory, true);
    }

    private static void make(final FileAccess files, final Path directory, final boolean isRestricted)
            throws IOException {
        if (FileProbe.isDirectory(directory)) {
            forceName(files, directory.toRealPath());
            return;
        }
        final Path absolute = directory.toAbsolutePath();
        make(files, absolute.getParent(), false);
        try {
            if (isRestricted) {
                files.createDirectory(absolute);
            } else {
                files.createPublicDirectory(absolute);
            }
        } catch (final FileAlreadyExistsException e) {
            if (!Files.isDirectory(absolute)) {
                throw e;
            }
        }
        files.forceDirectory(absolute.getParent());
    }

    /**
     * Forces the names of the directories that links lead to.
     *
     * @param files to force them through.
     * @param links to resolve; a path that is not a link to a directory is skipped.
     * @throws IOException if the disk refuses.
     */
    public static void forceLinkTargets(final FileAccess files, final Path... links) throws IOException {
        for (final Path link : links) {
            if (FileProbe.isLink(link) && FileProbe.isDirectory(link)) {
                forceName(files, link.toRealPath());
            }
        }
    }

    /**
     * The process that created or renamed the directory may have been stopped before the name was on disk. The name of
     * a mount point is not on disk. If the parent is not writable, this process did not create the directory and need
     * not force it.
     */
    private static void forceName(final FileAccess files, final Path directory) throws IOException {
        if (!isKnownMountPoint(directory)) {
            try {
                files.forceDirectory(directory.getParent());
            } catch (final AccessDeniedException e) {
                if (Files.isWritable(directory.getParent())) {
                    throw new IOException(
                            "directory=" + directory.getParent() + ": cannot be read, and so the name of "
                                    + directory.getFileName() + " in it not be forced; permit to read it",
                            e);
                }
            }
        }
    }

    /** If the system has no list of mounts, only the root counts as a mount point. */
    private static boolean isKnownMountPoint(final Path directory) {
        try {
            return isMountPoint(directory);
        } catch (final IOException e) {
            return directory.getParent() == null;
        }
    }

    /**
     * Lists a directory in any order; an entry may have been deleted by the time of the return.
     *
     * @param directory to list.
     * @param names     the pattern of the names, as in {@link Files#newDirectoryStream(Path, String)}.
     * @return the entries.
     * @throws IOException if the disk fails, even halfway through the directory.
     */
    public static List<Path> entries(final Path directory, final String names) throws IOException {
        final List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, names)) {
            found.forEach(entries::add);
        } catch (final DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /**
     * Resolves the links of a path. A path that does not exist resolves to the place at which the file would be
     * created.
     *
     * @param path of a file or directory; it need not exist.
     * @return the path without links.
     */
    public static Path realPath(final Path path) {
        return realPath(path, MAX_LINKS);
    }

    private static Path realPath(final Path path, final int linkCount) {
        try {
            return path.toRealPath();
        } catch (final IOException e) {
            final Path absolute = path.toAbsolutePath();
            final Path parent = absolute.getParent();
            if (parent == null) {
                return absolute;
            }
            final Path named =
                    realPath(parent, linkCount).resolve(absolute.getFileName()).normalize();
            final Optional<Path> target = linkCount == 0 ? Optional.empty() : targetOf(named);
            return target.isPresent() ? realPath(target.get(), linkCount - 1) : named;
        }
    }

    private static Optional<Path> targetOf(final Path path) {
        try {
            return Files.isSymbolicLink(path)
                    ? Optional.of(path.resolveSibling(Files.readSymbolicLink(path)))
                    : Optional.empty();
        } catch (final IOException e) {
            // The link was deleted meanwhile.
            return Optional.empty();
        }
    }

    /**
     * Returns true if a file system is mounted at a directory. The name of a mount point is not on the disk of its
     * parent, and the directory cannot be replaced. A bind mount of the same file system is not detected.
     *
     * @param directory an existing directory, as a path without links.
     * @return true also for the root.
     * @throws IOException if the mounts cannot be determined.
     */
    public static boolean isMountPoint(final Path directory) throws IOException {
        final Path above = directory.getParent();
        return above == null || !Files.getFileStore(above).equals(Files.getFileStore(directory));
    }

    /**
     * Refuses entries of the wrong type. A pipe would block the thread that opens it. A directory with the name of a
     * file would fail a delete or replace halfway. A file with the name of a directory is refused too. A link with the
     * name of a file would lead writes to a file of another owner.
     *
     * <p>Links to directories are followed, because opening files follows them, but only to the given depth: a link may
     * lead to the root. If a link has the name of a directory in which files are created and deleted, its target must
     * hold no other entries.
     *
     * @param directory      to check; it may be a link itself.
     * @param maxDepth       the depth of the deepest file that will be opened.
     * @param fileNames      all paths of files, relative to the directory, with {@code /} between names.
     * @param madeNames      all paths of directories that hold these files.
     * @param directoryNames all paths of these directories, and of entries beside them that are ignored.
     * @throws IllegalStateException if an entry has the wrong type; the message names it.
     * @throws IOException if the disk refuses.
     */
    public static void requireFiles(
            final Path directory,
            final int maxDepth,
            final Pattern fileNames,
            final Pattern madeNames,
            final Pattern directoryNames)
            throws IOException {
        final Set<FileVisitOption> options = EnumSet.of(FileVisitOption.FOLLOW_LINKS);
        Files.walkFileTree(
                directory, options, maxDepth, new Requirement(directory, fileNames, madeNames, directoryNames));
    }

    /** Refuses an entry of the wrong type, or an unknown entry reached through a link. */
    private static final class Requirement extends SimpleFileVisitor<Path> {
        private final Path directory;
        private final Pattern fileNames;
        private final Pattern madeNames;
        private final Pattern directoryNames;

        /** The link through which the current entry was reached. */
        private Optional<Path> link = Optional.empty();

        private Requirement(
                final Path directory, final Pattern fileNames, final Pattern madeNames, final Pattern directoryNames) {
            this.directory = directory;
            this.fileNames = fileNames;
            this.madeNames = madeNames;
            this.directoryNames = directoryNames;
        }

        @Override
        public FileVisitResult preVisitDirectory(final Path visited, final BasicFileAttributes attributes) {
            final String name = name(visited);
            if (fileNames.matcher(name).matches()) {
                throw new DirectoryDamagedException(
                        "file=" + visited + ": found a directory, expected a file; remove it", visited);
            }
            if (!directoryNames.matcher(name).matches()) {
                requireNoLink(visited);
            } else if (link.isEmpty() && FileProbe.isLink(visited)) {
                link = Optional.of(visited);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
            if (attributes.isOther()) {
                throw new DirectoryDamagedException(
                        "file=" + file
                                + ": found neither a file nor a directory, expected a file or a directory; remove it",
                        file);
            }
            final String name = name(file);
            if (attributes.isRegularFile() && madeNames.matcher(name).matches()) {
                throw new DirectoryDamagedException(
                        "file=" + file + ": found a file, expected a directory; remove it", file);
            }
            if (fileNames.matcher(name).matches()) {
                if (FileProbe.isLink(file)) {
                    throw new DirectoryDamagedException(
                            "file=" + file + ": found a symbolic link, expected a file of its own; remove it", file);
                }
            } else if (!directoryNames.matcher(name).matches()) {
                requireNoLink(file);
            }
            return FileVisitResult.CONTINUE;
        }

        private String name(final Path path) {
            return directory.relativize(path).toString().replace(File.separatorChar, '/');
        }

        private void requireNoLink(final Path path) {
            if (link.isPresent()) {
                throw new DirectoryDamagedException(
                        "file=" + path + ": found through the symbolic link " + link.get()
                                + ", expected only files of an engine there; change the link to a"
                                + " directory of its own",
                        path);
            }
        }

        @Override
        public FileVisitResult postVisitDirectory(final Path visited, final IOException failure) {
            link = link.filter(followed -> !followed.equals(visited));
            return FileVisitResult.CONTINUE;
        }

        /**
         * The entry may have been deleted, be a loop of links, or be inaccessible. Opening it later reports the error.
         */
        @Override
        public FileVisitResult visitFileFailed(final Path file, final IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }

    /**
     * Deletes a directory tree, or a link in its place, if it exists.
     *
     * @param files     to delete through.
     * @param directory with all its contents.
     * @throws IOException if the disk refuses.
     */
    public static void delete(final FileAccess files, final Path directory) throws IOException {
        if (!FileProbe.isTaken(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path visited, final IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
