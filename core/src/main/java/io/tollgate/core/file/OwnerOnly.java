package io.tollgate.core.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who may read and write what holds data: the owner, and nobody else, where the file system can say so. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final boolean IS_POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnerOnly() {}

    /**
     * The attributes of a file that is made.
     *
     * @return none where the file system knows no permissions.
     */
    public static FileAttribute<?>[] file() {
        return attributes(FILE);
    }

    /**
     * The attributes of a directory that is made.
     *
     * @return none where the file system knows no permissions.
     */
    public static FileAttribute<?>[] directory() {
        return attributes(DIRECTORY);
    }

    private static FileAttribute<?>[] attributes(final Set<PosixFilePermission> permissions) {
        return IS_POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /**
     * Gives a directory the permissions of the one whose place it is about to take, if there is one: who has made that
     * has said who may look into it.
     *
     * @param directory that was made.
     * @param replaced  whose place it takes.
     * @throws IOException if the permissions cannot be read or set.
     */
    public static void keepPermissions(final Path directory, final Path replaced) throws IOException {
        if (IS_POSIX && Presence.isDirectory(replaced)) {
            Files.setPosixFilePermissions(directory, Files.getPosixFilePermissions(replaced));
        }
    }
}
