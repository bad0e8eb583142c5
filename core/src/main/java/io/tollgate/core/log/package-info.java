/**
 * The operation log: all applied operations in order, in frames with checksums, in segment files.
 *
 * <pre>
 *   append ─▶ staging buffer ─ CRC-32C ─▶ mapped segment, length word last       one writer thread
 *                                           │ full
 *                     segment left ◀────────┴───────▶ segment prepared ahead      one background thread:
 *                     forced, closed                  zero-filled, forced         forceLeft, prepareNext
 *
 *   replay ◀─ records in sequence ◀─ header, CRC and sequence checked ◀─ FileChannel reads
 * </pre>
 *
 * <p>{@link io.tollgate.core.log.OperationLog} appends, {@link io.tollgate.core.log.LogReader} replays. The layouts are
 * {@link io.tollgate.core.log.SegmentDescriptor} and {@link io.tollgate.core.log.FrameDescriptor}. Both access files
 * through {@link io.tollgate.core.file.FileAccess}.
 *
 * <p>All bytes after the end of the log are zero; other bytes are damage, and are reported.
 *
 * <p>Internal. Begin reading at {@code OperationLog}.
 */
package io.tollgate.core.log;
