/**
 * The commands {@code verify}, {@code recover}, {@code inspect} and {@code backup}: what a data directory holds,
 * whether it is as it was, what can be made of it where it is not, and copies of it.
 */
package io.tollgate.examples.directory;
