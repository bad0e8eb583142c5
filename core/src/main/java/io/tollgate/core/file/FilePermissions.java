package io.tollgate.core.file;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Read permissions of files and directories that hold data, if the file system supports permissions. Only the owner may
 * write. The umask of the process restricts the permissions further.
 */
public enum FilePermissions {
    /** Only the owner may read. */
    OWNER("rw-------", "rwx------"),

    /**
     * The owner and one group may read. The group is that of the process, or that of the parent directory if it is
     * set-group-id. Any account that may read a file may also lock it.
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
     * Returns the attributes for creating a file.
     *
     * @return empty if the file system does not support permissions.
     */
    public FileAttribute<?>[] file() {
        return attributes(ofFile);
    }

    /**
     * Returns the attributes for creating a directory.
     *
     * @return empty if the file system does not support permissions.
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
