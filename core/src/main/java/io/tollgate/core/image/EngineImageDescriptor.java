package io.tollgate.core.image;

/**
 * The header of the image of an engine, in the frame of {@link ImageFrame}. The images of the series follow it, each in
 * a frame of its own, sorted by key ({@link String#compareTo}). All numbers are little-endian.
 *
 * <pre>
 *   0                                   4        5        6                 8
 *   +-----------------------------------+-----------------+-----------------+
 *   |          magic: "TGEI"            |   version = 1   | reserved: zero  |    0
 *   +-----------------------------------+--------+--------+-----------------+
 *   |              length               | clock  |      reserved: zero      |    8
 *   |                                   | Mode   |                          |
 *   +-----------------------------------+--------+--------------------------+
 *   |                 now: the engine clock, in nanoseconds                 |   16
 *   +-----------------------------------------------------------------------+
 *   |                              seriesCount                              |   24
 *   +-----------------------------------+-----------------------------------+
 *   |         registrationCount         |                                       32
 *   +-----------------------------------+
 *   |  registrationCount registrations by pattern, sorted by pattern            36
 *   +-----------------------------------+
 *   |              CRC-32C              |
 *   +-----------------------------------+
 *
 *   one registration:
 *   +--------+--------+-----------------------------------------------------+
 *   | keeps  | window |  pattern: two bytes of length, and UTF-8            |    0
 *   | Shapes | Count  |                                                     |
 *   +--------+--------+-----------------------------------------------------+
 *   |  windowCount windows of 24 bytes: the codes of a window, sorted       |
 *   +-----------------------------------------------------------------------+
 * </pre>
 */
final class EngineImageDescriptor {
    static final int CLOCK_MODE_OFFSET = ImageFrame.FIELDS_OFFSET;
    static final int NOW_OFFSET = 16;
    static final int SERIES_COUNT_OFFSET = 24;
    static final int REGISTRATION_COUNT_OFFSET = 32;
    static final int REGISTRATIONS_OFFSET = 36;

    /** Length of the shortest registration in bytes. */
    static final int MIN_REGISTRATION_LENGTH = 4;

    private EngineImageDescriptor() {}
}
