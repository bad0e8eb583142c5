package io.tollgate.core.store.registration;

import static io.tollgate.core.store.block.BlockDescriptor.HEADER_LENGTH;

/**
 * A SMALL block with the registrations of one key pattern. The blocks are linked from the newest to the oldest by
 * {@code previous}. Further windows of the same pattern change the block in place.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|              header (BlockDescriptor), count unused           |
 *   +---------------------------------------------------------------+
 * 64|  block of the window set, 0 for none                          |
 *   +-------------------------------+-------------------------------+
 * 72|  moments that summaries keep  |  length of the pattern        |
 *   +-------------------------------+-------------------------------+
 * 76|  reserved                                                     |
 *   +---------------------------------------------------------------+
 * 80|  pattern: 1 to 128 bytes of UTF-8                             |
 *   +---------------------------------------------------------------+
 * </pre>
 */
public final class RegistrationDescriptor {
    /** Offset of the block of the window set. */
    public static final int WINDOW_SET_OFFSET = HEADER_LENGTH;

    /** Offset of the moments, as in {@link WindowSetDescriptor}: two bytes. */
    public static final int MOMENTS_OFFSET = HEADER_LENGTH + 8;

    /** Offset of the length of the pattern in bytes: two bytes. */
    public static final int PATTERN_LENGTH_OFFSET = HEADER_LENGTH + 10;

    /** Offset of the pattern. */
    public static final int PATTERN_OFFSET = HEADER_LENGTH + 16;

    private RegistrationDescriptor() {}
}
