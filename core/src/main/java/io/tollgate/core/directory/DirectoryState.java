package io.tollgate.core.directory;

import io.tollgate.core.store.DirectoryLock;
import java.util.Optional;

/** The states of a data directory as another process sees them. */
public enum DirectoryState {
    /** No engine has written here yet. */
    EMPTY,
    /** The directory was closed cleanly. */
    CLOSED,
    /** An engine has the directory open. */
    OPEN,
    /** The process that had the directory open has ended without closing it. */
    NOT_CLOSED,
    /** A backup or a recovery writes the directory, or was interrupted. */
    INCOMPLETE;

    /**
     * Looks at a directory.
     *
     * @param directory to look at.
     * @return its state; OPEN also while an engine opens or closes it.
     */
    public static DirectoryState of(final DataDirectory directory) {
        final Optional<ManifestFile.Found> found = ManifestFile.read(directory.path());
        if (found.isEmpty()) {
            return directory.hasContents() ? NOT_CLOSED : EMPTY;
        }
        return switch (found.get().manifest().state()) {
            case CLOSED -> CLOSED;
            case INCOMPLETE -> INCOMPLETE;
            case OPEN, REBUILDING -> ofOpen(directory);
        };
    }

    private static DirectoryState ofOpen(final DataDirectory directory) {
        if (DirectoryLock.livingOwner(directory.path()).isPresent()) {
            return OPEN;
        }
        // The owner may have closed the directory between the two looks.
        final boolean isClosed = ManifestFile.read(directory.path())
                .filter(found -> found.manifest().state() == Manifest.State.CLOSED)
                .isPresent();
        return isClosed ? CLOSED : NOT_CLOSED;
    }
}
