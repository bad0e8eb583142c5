/**
 * Answers about one series, read without blocking the writer: copy, then validate the version. Closing the engine
 * closes the gate of all reads.
 *
 * <pre>
 *   SeriesReader ─▶ version ─▶ WindowRead | LevelAttempt | ... ─▶ version again ─ changed ─▶ retry
 * </pre>
 *
 * <p>Internal. Begin reading at {@code SeriesReader}.
 */
package io.tollgate.core.read;
