/**
 * The door to the disk: whatever an engine changes in its data directory goes through one
 * {@link io.tollgate.core.file.FileAccess}, so that a test can put a disk in its place that fails, is full, or loses
 * its power. Only what maps write to their memory goes past it, and is forced through it.
 *
 * <p>What is only read is read as the operating system has it.
 */
package io.tollgate.core.file;
