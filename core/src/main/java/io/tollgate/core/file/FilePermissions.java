package io.tollgate.core.file;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Who may read what holds data, where the file system can say so. The owner alone may write it, and the umask of the
 * process narrows all of it further.
 */
public enum FilePermissions {
    /** The owner, and nobody else. */
    OWNER("rw-------", "rwx------"),

    /**
     * The owner, and the accounts of the group that the operating system gives to what is made: that of the process, or
     * that of the directory where this is set-group-id. Who may read a file may also lock it.
     */
    GROUP("rw-r-----", "rwxr-x---");

    private static final boolean IS_POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Set<PosixFilePermission> ofFile;
    private final Set<PosixFilePermission> ofDirectory;

    FilePermissions(final String ofFile, final String ofDirectory) {
        this.ofFile = PosixFilePermissions.fromString(ofFile);
        this.ofDirectory = PosixFilePermissions.fromString(ofDirectory);
    }

    /**
     * The attributes of a file that is made.
     *
     * @return none where the file system knows no permissions.
     */
    public FileAttribute<?>[] file() {
        return attributes(ofFile);
    }

    /**
     * The attributes of a directory that is made.
     *
     * @return none where the file system knows no permissions.
     */
    public FileAttribute<?>[] directory() {
        return attributes(ofDirectory);
    }

    private static FileAttribute<?>[] attributes(final Set<PosixFilePermission> permissions) {
        return IS_POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
