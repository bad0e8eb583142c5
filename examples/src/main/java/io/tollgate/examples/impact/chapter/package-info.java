/**
 * The chapters of the report, one class each. They query the engine and do not read files.
 *
 * <p>Begin reading at {@code HeadlineChapter}.
 */
package io.tollgate.examples.impact.chapter;
