/**
 * The commands {@code inspect}, {@code verify}, {@code recover}, {@code backup} and {@code restore}: the contents and
 * the integrity of a data directory, a new directory from what is intact in a damaged one, and copies.
 */
package io.tollgate.examples.directory;
