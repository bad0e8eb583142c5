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
 * Whether there is a file or a directory. Where the operating system cannot tell, as the disk refuses just then, that
 * is no answer: what is taken for missing is made anew, or told as lost, over what it holds.
 */
public final class FileProbe {
    private FileProbe() {}

    /**
     * Whether there is anything. Links are followed, here and below: one that leads nowhere is nothing.
     *
     * @param path to look at.
     * @return false if the operating system says that there is nothing.
     * @throws UncheckedIOException if it cannot tell, naming the path.
     */
    public static boolean isThere(final Path path) {
        return attributes(path).isPresent();
    }

    /**
     * Whether there is a directory.
     *
     * @param path to look at.
     * @return false if there is nothing, or something else.
     * @throws UncheckedIOException if that cannot be told, naming the path.
     */
    public static boolean isDirectory(final Path path) {
        return attributes(path).filter(BasicFileAttributes::isDirectory).isPresent();
    }

    /**
     * Whether there is a file that holds bytes.
     *
     * @param path to look at.
     * @return false if there is nothing, or something else.
     * @throws UncheckedIOException if that cannot be told, naming the path.
     */
    public static boolean isRegularFile(final Path path) {
        return attributes(path).filter(BasicFileAttributes::isRegularFile).isPresent();
    }

    /**
     * Whether there is a symbolic link, wherever that leads.
     *
     * @param path to look at; links on the way there are followed.
     * @return false if there is nothing, or something else.
     * @throws UncheckedIOException if that cannot be told, naming the path.
     */
    public static boolean isLink(final Path path) {
        return attributes(path, LinkOption.NOFOLLOW_LINKS)
                .filter(BasicFileAttributes::isSymbolicLink)
                .isPresent();
    }

    /**
     * Whether there is a link that leads nowhere: to what is on a disk that is not mounted, say.
     *
     * @param path to look at; links on the way there are followed.
     * @return false if there is no link, or something where it leads.
     * @throws UncheckedIOException if that cannot be told, naming the path.
     */
    public static boolean isDanglingLink(final Path path) {
        return isLink(path) && !isThere(path);
    }

    /**
     * Whether a name is taken: by a file, a directory or a link, wherever that leads.
     *
     * @param path to look at; links on the way there are followed.
     * @return false if nothing has the name.
     * @throws UncheckedIOException if that cannot be told, naming the path.
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
            throw new UncheckedIOException("file=" + path + ": cannot be told whether it is there; check the disk", e);
        }
    }

    /** Of what would lie in a file the operating system says no more than that it cannot be looked at. */
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
