/**
 * Rows of typed columns, independent of the format of a file.
 *
 * <pre>
 *   RowReader ─▶ text, int, long, decimal, instant, double ─▶ RowWriter
 * </pre>
 */
@NullMarked
package io.tollgate.data.table;

import org.jspecify.annotations.NullMarked;
