package io.tollgate.core.store;

import java.nio.file.Path;

/**
 * A place in the files of a store that is not as it was when the store was closed.
 *
 * @param file     that is damaged.
 * @param position of the damage in the file, in bytes; up to {@value StoreFile#CHUNK_LENGTH} bytes behind it.
 * @param found    what stands there.
 * @param wanted   what should stand there.
 * @param isUsed   whether who opens the store reads what stands there; nothing was ever written to the rest.
 */
public record StoreDamage(Path file, long position, String found, String wanted, boolean isUsed) {
    StoreDamage(final Path file, final long position, final String found, final String wanted) {
        this(file, position, found, wanted, true);
    }
}
