package io.tollgate.core.store.memory;

import java.nio.file.Path;

/**
 * A place in the files of a closed store that differs from its seal.
 *
 * @param file     the file that differs.
 * @param position the start of the first wrong chunk in bytes, or the shorter length if the lengths differ.
 * @param found    a description of the content found there.
 * @param wanted   a description of the content expected by the seal.
 */
public record StoreDamage(Path file, long position, String found, String wanted) {}
