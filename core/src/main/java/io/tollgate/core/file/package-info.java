/**
 * The door to the disk: whatever an engine changes in its data directory goes through one
 * {@link io.tollgate.core.file.FileAccess}. A test puts a disk in its place that fails, is full, or loses its power.
 * Only the lock file goes past it, and the memory of maps, which is forced through it.
 *
 * <pre>
 *   FileAccess ─ open ─▶ DataFile ─ write, force        Presence, WholeFile, FileTree: what is only read
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.core.file.FileAccess}. It is an option of an engine; the rest is internal.
 */
package io.tollgate.core.file;
