package io.tollgate.core.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything an engine does to directories and files, so that a test can put a failing disk in its place.
 *
 * <p>Called from several threads at the same time.
 */
public interface FileAccess {
    /**
     * Who may read the files and directories that are made through this, and the lock of a data directory.
     *
     * @return the owner alone, unless it is overridden.
     */
    default FilePermissions audience() {
        return FilePermissions.OWNER;
    }

    /** Waits until what was written is on disk. */
    @FunctionalInterface
    interface Forcing {
        /**
         * Waits.
         *
         * @throws IOException if the disk refuses; what is on disk is then unknown.
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
     * Opens an existing file for reading and writing. A link to one is not followed: it may lead to somebody else's.
     *
     * @param file to open.
     * @return the open file.
     * @throws IOException if the file does not exist, is none, or cannot be opened.
     */
    DataFile openForWrite(Path file) throws IOException;

    /**
     * Makes a directory, where it is not there.
     *
     * @param directory to make; the one that it is to stand in is there.
     * @throws IOException if it cannot be made.
     */
    void createDirectory(Path directory) throws IOException;

    /**
     * Makes a directory that anybody may look into whom the umask of the process lets, where it is not there.
     *
     * @param directory to make; the one that it is to stand in is there.
     * @throws IOException if it cannot be made.
     */
    void createPublicDirectory(Path directory) throws IOException;

    /**
     * Gives a file or directory its final name, at once and in the same directory.
     *
     * @param file to rename.
     * @param target new name; the file that had it is gone at once.
     * @throws IOException if the file cannot be renamed.
     */
    void rename(Path file, Path target) throws IOException;

    /**
     * The files in a directory, in no particular order.
     *
     * @param directory to look into.
     * @return the paths of its entries.
     * @throws IOException if the directory cannot be read.
     */
    List<Path> list(Path directory) throws IOException;

    /**
     * Deletes a file, or a directory that is empty, if it is there.
     *
     * @param file to delete.
     * @throws IOException if the file cannot be deleted.
     */
    void delete(Path file) throws IOException;

    /**
     * Waits until what was created, renamed and deleted in a directory is on disk.
     *
     * @param directory to force.
     * @throws IOException if the disk refuses; what is on disk is then unknown.
     */
    void forceDirectory(Path directory) throws IOException;

    /**
     * Waits until what was written to memory is on disk, that others have mapped a file to.
     *
     * @param file    that was mapped.
     * @param forcing how who has mapped it does so.
     * @throws IOException if the disk refuses; what is on disk is then unknown.
     */
    void forceMapped(Path file, Forcing forcing) throws IOException;

    /**
     * Looks how much room there is.
     *
     * @param directory on the disk that is asked about.
     * @return how many bytes may still be written to it, which others write to as well.
     * @throws IOException if the disk does not say.
     */
    long usableBytes(Path directory) throws IOException;
}
