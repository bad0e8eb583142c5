/**
 * Answers about one series, read without blocking the writer: copy, then validate. The gate here closes when the
 * engine does.
 *
 * <pre>
 *   SeriesReader ─▶ version ─▶ WindowRead | LevelAttempt | ... ─▶ version again ─ changed ─▶ once more
 * </pre>
 *
 * <p>Internal. Begin reading at {@code SeriesReader}.
 */
package io.tollgate.core.read;
