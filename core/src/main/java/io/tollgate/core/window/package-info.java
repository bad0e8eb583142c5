/**
 * Windows over the points of one series. The run of a window (its points and, for a STEP, the one carried in) is summed
 * up in two ways that give the same bits: {@link io.tollgate.core.window.WindowStates} keeps registered windows up to
 * date with each point, {@link io.tollgate.core.window.RunSearch} sums any window up from the tree.
 */
package io.tollgate.core.window;
