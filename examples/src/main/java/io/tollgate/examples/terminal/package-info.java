/**
 * What a command says on a terminal while it works, {@link io.tollgate.examples.terminal.StatusLine}, and how it says
 * what it has read, {@link io.tollgate.examples.terminal.PlainLine}.
 */
package io.tollgate.examples.terminal;
