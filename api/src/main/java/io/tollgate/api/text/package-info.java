/**
 * The texts of durations and of patterns, for the API itself. The module does not export this package.
 *
 * <pre>
 *   duration in ns ─ DurationText ─▶ 30d            pattern, key ─ PatternSegments ─▶ code, and back
 * </pre>
 *
 * <p>Internal. Begin reading at {@code PatternSegments}.
 */
@NullMarked
package io.tollgate.api.text;

import org.jspecify.annotations.NullMarked;
