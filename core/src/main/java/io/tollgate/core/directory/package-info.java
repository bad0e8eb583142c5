/**
 * Work on a data directory without an engine: inspect, read, check, copy and recover it.
 *
 * <pre>
 *   DirectoryInspection  its contents and state        DirectoryBackup    a copy, even of a directory in use
 *   DirectoryView        answers from it               DirectoryRecovery  a new directory from the intact parts
 *   DirectoryCheck       its integrity
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.core.directory.DirectoryView}.
 */
package io.tollgate.core.directory;
