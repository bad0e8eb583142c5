/**
 * The commands {@code dump} and {@code load}: all that a data directory holds, as files of other programs.
 *
 * <pre>
 *   DIR ─ DumpCommand ─▶ TableFile ─ LoadCommand ─▶ DIR
 * </pre>
 */
package io.tollgate.examples.data;
