package io.tollgate.core.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * All changes of an engine to directories and files. A test can replace it by a failing disk.
 *
 * <p>Called from several threads at the same time.
 */
public interface FileAccess {
    /**
     * Returns the permissions of the files and directories created, and of the lock file of a data directory.
     *
     * @return {@link FilePermissions#OWNER} unless overridden.
     */
    default FilePermissions audience() {
        return FilePermissions.OWNER;
    }

    /** Waits until written data is on disk. */
    @FunctionalInterface
    interface Forcing {
        /**
         * Waits.
         *
         * @throws IOException if the disk fails; the state on disk is then unknown.
         */
        void force() throws IOException;
    }

    /**
     * Creates an empty file and opens it for reading and writing.
     *
     * @param file to create; it must not exist.
     * @return the open file.
     * @throws IOException if the file exists or cannot be created.
     */
    DataFile create(Path file) throws IOException;

    /**
     * Opens an existing file for reading only.
     *
     * @param file to open.
     * @return the open file.
     * @throws java.nio.file.NoSuchFileException if the file does not exist.
     * @throws IOException if the file cannot be opened.
     */
    DataFile openForRead(Path file) throws IOException;

    /**
     * Opens an existing file for reading and writing. A symbolic link is refused, because it may lead to a file of
     * another owner.
     *
     * @param file to open.
     * @return the open file.
     * @throws IOException if the file does not exist, is not a regular file, or cannot be opened.
     */
    DataFile openForWrite(Path file) throws IOException;

    /**
     * Creates a directory if it does not exist.
     *
     * @param directory to create; its parent exists.
     * @throws IOException if it cannot be created.
     */
    void createDirectory(Path directory) throws IOException;

    /**
     * Creates a directory if it does not exist. Any user may read it, as far as the umask of the process permits.
     *
     * @param directory to create; its parent exists.
     * @throws IOException if it cannot be created.
     */
    void createPublicDirectory(Path directory) throws IOException;

    /**
     * Renames a file or directory atomically within its directory.
     *
     * @param file to rename.
     * @param target the new name; an existing file with this name is replaced.
     * @throws IOException if the file cannot be renamed.
     */
    void rename(Path file, Path target) throws IOException;

    /**
     * Lists a directory in no particular order.
     *
     * @param directory to list.
     * @return the paths of its entries.
     * @throws IOException if the directory cannot be read.
     */
    List<Path> list(Path directory) throws IOException;

    /**
     * Deletes a file or an empty directory if it exists.
     *
     * @param file to delete.
     * @throws IOException if the file cannot be deleted.
     */
    void delete(Path file) throws IOException;

    /**
     * Waits until the creations, renames and deletions in a directory are on disk.
     *
     * @param directory to force.
     * @throws IOException if the disk fails; the state on disk is then unknown.
     */
    void forceDirectory(Path directory) throws IOException;

    /**
     * Waits until writes to a mapping held by the caller are on disk.
     *
     * @param file    that is mapped.
     * @param forcing forces the mapping.
     * @throws IOException if the disk fails; the state on disk is then unknown.
     */
    void forceMapped(Path file, Forcing forcing) throws IOException;

    /**
     * Returns the free space of a disk.
     *
     * @param directory a directory on the disk.
     * @return bytes that may still be written; other programs may use the same space.
     * @throws IOException if the free space cannot be determined.
     */
    long usableBytes(Path directory) throws IOException;
}
