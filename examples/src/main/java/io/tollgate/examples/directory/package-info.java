/**
 * The commands {@code verify}, {@code recover} and {@code inspect}: what a data directory holds, whether it is as it
 * was, and what can be made of it where it is not.
 */
package io.tollgate.examples.directory;
