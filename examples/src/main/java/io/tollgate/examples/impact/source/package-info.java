/**
 * Data sources of the main job: bundled files, their sources and verification, dates and zones, and the feed into the
 * engine.
 *
 * <p>Begin reading at {@code BundledCsv} and {@code Feed}.
 */
package io.tollgate.examples.impact.source;
