/**
 * The door to the disk: whatever an engine changes in its data directory goes through one
 * {@link io.tollgate.core.file.FileAccess}, so that a test can put a disk in its place that fails, is full, or loses
 * its power. Only the lock file goes past it, and what maps write to their memory, which is forced through it.
 *
 * <p>What is only read is read as the operating system has it.
 */
package io.tollgate.core.file;
