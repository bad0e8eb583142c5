/**
 * Rows in the formats of Apache Arrow: IPC streams and files.
 *
 * <pre>
 *   RowWriter ◁─ ArrowRowWriter ─▶ ColumnBuffer, ArrowMessages ─▶ bytes ─▶ ArrowBatches, ArrowVector ─▶ ArrowRowReader
 * </pre>
 *
 * <p>Only the generated classes of the format are used, and flatbuffers for its metadata. Buffers are on the heap, so
 * that no package of the JDK must be opened.
 */
@NullMarked
package io.tollgate.data.arrow;

import org.jspecify.annotations.NullMarked;
