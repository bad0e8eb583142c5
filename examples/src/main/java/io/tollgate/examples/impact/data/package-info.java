/**
 * The series of the main job, one class for each subject. Each class reads its file, converts dates to instants, and
 * feeds the engine.
 *
 * <p>Begin reading at {@code AddOnRate}. These classes do not depend on chapters.
 */
package io.tollgate.examples.impact.data;
