/**
 * Rows as text: CSV and JSON Lines.
 *
 * <pre>
 *   RowWriter ◁─ CsvRowWriter, JsonRowWriter ─▶ bytes ─▶ CsvRowReader, JsonRowReader ─▷ RowReader
 * </pre>
 *
 * <p>Both are UTF-8 with lines ended by LF. Instants are ISO-8601 in UTC, decimals plain numbers. Values are parsed and
 * formatted as bytes, without intermediate text.
 */
@NullMarked
package io.tollgate.data.text;

import org.jspecify.annotations.NullMarked;
