/**
 * The series of the main job, one class a subject: each reads its file, turns dates into instants and feeds the engine.
 *
 * <p>Begin reading at {@code AddOnRate}. Nothing here knows a chapter.
 */
package io.tollgate.examples.impact.data;
