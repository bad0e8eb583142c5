/**
 * A data directory without an engine: look into it, read it, check it, copy it, recover it.
 *
 * <pre>
 *   DirectoryInspection  what is in it            DirectoryBackup    a copy, also of one that an engine writes
 *   DirectoryView        answers from it          DirectoryRecovery  a new directory from what is intact
 *   DirectoryCheck       whether it is intact
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.core.directory.DirectoryView}.
 */
package io.tollgate.core.directory;
