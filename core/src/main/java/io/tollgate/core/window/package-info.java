/**
 * Windows over the points of one series. The run of a window (its points and, for a STEP, the one carried in) is summed
 * up in two ways that give the same bits.
 *
 * <pre>
 *   each point ─▶ WindowStates   registered windows, kept up to date
 *   each read ──▶ RunSearch      any window, summed up from the tree
 * </pre>
 *
 * <p>Internal. Begin reading at {@code WindowStates}.
 */
package io.tollgate.core.window;
