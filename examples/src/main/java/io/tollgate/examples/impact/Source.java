package io.tollgate.examples.impact;

/**
 * Where a fact is from.
 *
 * @param text         publisher, name, date, licence, as far as they are known.
 * @param verification how far the fact was checked.
 */
record Source(String text, Verification verification) {}
