package io.tollgate.core.store.memory;

import java.nio.file.Path;

/**
 * A place in the files of a closed store that differs from its seal.
 *
 * @param file     that differs.
 * @param position of the difference in the file, in bytes, rounded to a chunk.
 * @param found    the content there.
 * @param wanted   the content when the store was closed.
 */
public record StoreDamage(Path file, long position, String found, String wanted) {}
