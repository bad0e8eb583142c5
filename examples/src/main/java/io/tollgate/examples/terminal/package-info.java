/** What a command says on a terminal while it works: {@link io.tollgate.examples.terminal.StatusLine}. */
package io.tollgate.examples.terminal;
