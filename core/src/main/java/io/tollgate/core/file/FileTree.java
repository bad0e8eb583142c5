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

/** Directories with all that is in them. Links are not followed where it does not say so. */
public final class FileTree {
    /** The names of all that lies in a directory. */
    public static final String ALL = "*";

    /** As many as an operating system follows. */
    private static final int MAX_LINKS = 40;

    private FileTree() {}

    /**
     * Makes a directory that anybody may look into whom the umask of the process lets, and those above it that are not
     * there; their names are on disk.
     *
     * @param files     to make it through.
     * @param directory to make; one that is there stays as it is, and its name is forced.
     * @throws IOException if the disk refuses, or a file has the name.
     */
    public static void make(final FileAccess files, final Path directory) throws IOException {
        make(files, directory, false);
    }

    /**
     * Makes a directory that the audience alone of the access may look into, where the file system can say so. Those
     * above it are made as {@link #make(FileAccess, Path)} makes them.
     *
     * @param files     to make it through.
     * @param directory to make; one that is there stays as it is, and its name is forced.
     * @throws IOException if the disk refuses, or a file has the name.
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
     * Waits until the names of directories are on disk that links lead to.
     *
     * @param files to force them through.
     * @param links those of them that are none to a directory count for nothing.
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
     * Whoever has made the directory, or renamed it, may have been stopped before its name was on disk. A mounted one
     * has none there; and it is not for us to force where we may not write above it, as we have not made it then.
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

    /** Where the system does not tell, as where it has no list of what is mounted, only the root of all files is. */
    private static boolean isKnownMountPoint(final Path directory) {
        try {
            return isMountPoint(directory);
        } catch (final IOException e) {
            return directory.getParent() == null;
        }
    }

    /**
     * What lies in a directory, in any order; an entry may be gone by then.
     *
     * @param directory to look into.
     * @param names     of what is wanted, a pattern as of {@link Files#newDirectoryStream(Path, String)}.
     * @return the entries.
     * @throws IOException if the disk refuses, in the middle of the directory too.
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
     * Where a path leads; one that leads nowhere yet, where a file would be made: by links too.
     *
     * @param path of a file or a directory, there or not.
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
            // It is none any more.
            return Optional.empty();
        }
    }

    /**
     * Whether a file system is mounted at a directory: then its name is not one that the directory above it has on
     * disk, and nothing can take its place. One that shows a part of the same file system is not known for it.
     *
     * @param directory that is there, by a path without links.
     * @return true also of the root of all files.
     * @throws IOException if the system does not tell.
     */
    public static boolean isMountPoint(final Path directory) throws IOException {
        final Path above = directory.getParent();
        return above == null || !Files.getFileStore(above).equals(Files.getFileStore(directory));
    }

    /**
     * Refuses what is neither a file nor a directory: a pipe, say, would keep who opens it waiting for ever; a
     * directory that has the name of a file: who deletes or replaces that would find out half-way; a file that has the
     * name of a directory; and a link that has that of a file: who writes to it would write to one of somebody else's.
     *
     * <p>Links to directories are followed here, as they are by who opens what these hold, but no deeper than asked
     * for: one may lead to the root of all files. Where one has the name of a directory in which files are made and
     * deleted, it is to lead to one that holds nothing else.
     *
     * @param directory      to look into; it may be a link itself.
     * @param maxDepth       how deep the files lie in it that will be opened.
     * @param fileNames      of all paths that files have, seen from the directory, with {@code /} between names.
     * @param madeNames      of all paths that directories have in which these lie.
     * @param directoryNames the same, and of what is left alone beside them.
     * @throws IllegalStateException if there is such a thing, naming it.
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

    /** Refuses what is not to lie in a directory, or not behind a link in it. */
    private static final class Requirement extends SimpleFileVisitor<Path> {
        private final Path directory;
        private final Pattern fileNames;
        private final Pattern madeNames;
        private final Pattern directoryNames;

        /** The link behind which what is visited lies. */
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
                        "file=" + file + ": found neither a file nor a directory, expected one; remove it", file);
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
                        "file=" + path + ": found behind the symbolic link " + link.get()
                                + ", expected nothing but what an engine makes there; have it lead to a"
                                + " directory of its own",
                        path);
            }
        }

        @Override
        public FileVisitResult postVisitDirectory(final Path visited, final IOException failure) {
            link = link.filter(followed -> !followed.equals(visited));
            return FileVisitResult.CONTINUE;
        }

        /** It may have gone meanwhile, lead round in a circle, or be closed to us: who needs it will say so. */
        @Override
        public FileVisitResult visitFileFailed(final Path file, final IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }

    /**
     * Deletes a directory, or a link in its place, if it is there.
     *
     * @param files     to delete through.
     * @param directory with all that is in it.
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
