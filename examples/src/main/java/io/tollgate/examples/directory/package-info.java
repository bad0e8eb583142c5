/**
 * The commands {@code inspect}, {@code verify}, {@code recover}, {@code backup} and {@code restore}. They show and
 * check a data directory, make a new one from the intact parts of a damaged one, and copy one.
 */
package io.tollgate.examples.directory;
