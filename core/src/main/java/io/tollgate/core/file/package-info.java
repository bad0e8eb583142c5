/**
 * Access to the disk. Every change that an engine makes in its data directory goes through one {@link
 * io.tollgate.core.file.FileAccess}. Tests replace it by a disk that fails, is full, or loses power. The exceptions are
 * the lock file and writes to mapped memory; a mapping is only forced through the access.
 *
 * <pre>
 *   FileAccess ─ open ─▶ DataFile ─ write, force        FileProbe, FileContents, FileTree: reads
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.core.file.FileAccess}. It is an option of an engine; the rest is internal.
 */
package io.tollgate.core.file;
