package io.tollgate.core;

/**
 * Operations that a log has not.
 *
 * @param firstSequence the first of them.
 * @param lastSequence  the last of them.
 */
record LostRange(long firstSequence, long lastSequence) {}
