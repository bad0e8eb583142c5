/**
 * The commands {@code dump}, {@code load} and {@code sql}: all that a data directory holds, for other programs.
 *
 * <pre>
 *   DIR ─ DumpCommand ─▶ TableFile ─ LoadCommand ─▶ DIR ─ SqlCommand ─▶ table, TableFile
 * </pre>
 */
package io.tollgate.examples.data;
