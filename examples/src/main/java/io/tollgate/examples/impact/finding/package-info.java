/**
 * Findings of the main job: answers of the engine at any instant, and the metric rows that chapters add.
 *
 * <p>Begin reading at {@code Inquiry}.
 */
package io.tollgate.examples.impact.finding;
