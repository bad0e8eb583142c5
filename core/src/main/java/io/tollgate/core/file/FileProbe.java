package io.tollgate.core.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Tests for files and directories. An I/O error is not absence: a path taken for missing would be created again or
 * reported as lost, although it holds data. Therefore an error throws.
 */
public final class FileProbe {
    private FileProbe() {}

    /**
     * Returns true if a path exists. Links are followed; a link without a target does not exist.
     *
     * @param path to test.
     * @return false if the operating system reports that the path does not exist.
     * @throws UncheckedIOException if the disk fails; the message names the path.
     */
    public static boolean isThere(final Path path) {
        return attributes(path).isPresent();
    }

    /**
     * Returns true if a path is a directory.
     *
     * @param path to test.
     * @return false if it does not exist or is not a directory.
     * @throws UncheckedIOException if the disk fails; the message names the path.
     */
    public static boolean isDirectory(final Path path) {
        return attributes(path).filter(BasicFileAttributes::isDirectory).isPresent();
    }

    /**
     * Returns true if a path is a regular file.
     *
     * @param path to test.
     * @return false if it does not exist or is not a regular file.
     * @throws UncheckedIOException if the disk fails; the message names the path.
     */
    public static boolean isRegularFile(final Path path) {
        return attributes(path).filter(BasicFileAttributes::isRegularFile).isPresent();
    }

    /**
     * Returns true if a path is a symbolic link, with or without a target.
     *
     * @param path to test; links in its parents are followed.
     * @return false if it does not exist or is not a link.
     * @throws UncheckedIOException if the disk fails; the message names the path.
     */
    public static boolean isLink(final Path path) {
        return attributes(path, LinkOption.NOFOLLOW_LINKS)
                .filter(BasicFileAttributes::isSymbolicLink)
                .isPresent();
    }

    /**
     * Returns true if a path is a dangling link. Its target may be on a disk that is not mounted.
     *
     * @param path to test; links in its parents are followed.
     * @return false if it is not a link, or its target exists.
     * @throws UncheckedIOException if the disk fails; the message names the path.
     */
    public static boolean isDanglingLink(final Path path) {
        return isLink(path) && !isThere(path);
    }

    /**
     * Returns true if a name is in use by a file, a directory or a link, even a dangling one.
     *
     * @param path to test; links in its parents are followed.
     * @return false if the name is free.
     * @throws UncheckedIOException if the disk fails; the message names the path.
     */
    public static boolean isTaken(final Path path) {
        return attributes(path, LinkOption.NOFOLLOW_LINKS).isPresent();
    }

    private static Optional<BasicFileAttributes> attributes(final Path path, final LinkOption... options) {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, options));
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        } catch (final IOException e) {
            if (isBelowFile(path)) {
                return Optional.empty();
            }
            throw new UncheckedIOException("file=" + path + ": cannot be accessed; check the disk", e);
        }
    }

    /** For a path below a regular file the operating system reports an error, not absence. */
    private static boolean isBelowFile(final Path path) {
        final Path parent = path.toAbsolutePath().getParent();
        try {
            return parent != null
                    && !Files.readAttributes(parent, BasicFileAttributes.class).isDirectory();
        } catch (final IOException e) {
            return isBelowFile(parent);
        }
    }
}
