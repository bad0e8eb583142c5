/**
 * Terminal output of the commands: {@link io.tollgate.examples.terminal.StatusLine} while they work, and {@link
 * io.tollgate.examples.terminal.PlainLine} for text from files.
 */
package io.tollgate.examples.terminal;
