/**
 * The chapters of the report, one class each: they ask the engine, and know no file.
 *
 * <p>Begin reading at {@code HeadlineChapter}.
 */
package io.tollgate.examples.impact.chapter;
