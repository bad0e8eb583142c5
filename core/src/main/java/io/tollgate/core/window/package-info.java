/**
 * Windows over the points of one series. The run of a window (its points and, for a STEP, the carry-in) is summed in
 * two ways that give the same bits.
 *
 * <pre>
 *   each point ─▶ WindowStates   registered windows, kept up to date
 *   each read ──▶ RunSearch      any window, summed from the tree
 * </pre>
 *
 * <p>Internal. Begin reading at {@code WindowStates}.
 */
package io.tollgate.core.window;
