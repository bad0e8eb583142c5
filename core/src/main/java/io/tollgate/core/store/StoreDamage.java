package io.tollgate.core.store;

import java.nio.file.Path;

/**
 * A place in the files of a store that is not as it was when the store was closed.
 *
 * @param file     that is damaged.
 * @param position of the damage in the file, in bytes; up to {@value StoreFile#CHUNK_LENGTH} bytes behind it.
 * @param found    what stands there.
 * @param wanted   what should stand there.
 */
public record StoreDamage(Path file, long position, String found, String wanted) {}
