package io.tollgate.core.image;

/**
 * The image of one series, in the frame of {@link ImageFrame}. All numbers are little-endian; instants are nanoseconds
 * since the epoch, and {@code Long.MIN_VALUE} is none.
 *
 * <pre>
 *   0        1        2        3        4                 6                 8
 *   +--------+--------+--------+--------+-----------------+-----------------+
 *   |          magic: "TGSI"            |   version = 1   | reserved: zero  |    0
 *   +-----------------------------------+-----------------+-----------------+
 *   |              length               |           versionCount            |    8
 *   +--------+--------+--------+--------+-----------------------------------+
 *   |  kind  | scale  | dupli- | keeps  |            windowCount            |   16
 *   |        |        | cates  | Shapes |                                   |
 *   +--------+--------+--------+--------+-----------------------------------+
 *   |                             heartbeatNs                               |   24
 *   +-----------------------------------------------------------------------+
 *   |                              lifeStart                                |   32
 *   +-----------------------------------------------------------------------+
 *   |                             periodCode                                |   40
 *   +-----------------------------------------------------------------------+
 *   |               lifeEnd: none while the series is open                  |   48
 *   +-----------------------------------------------------------------------+
 *   |                            lifeEndKnownAt                             |   56
 *   +-----------------------------------------------------------------------+
 *   |              successorKnownAt: none without a successor               |   64
 *   +-----------------------------------------------------------------------+
 *   |            predecessorKnownAt: none without a predecessor             |   72
 *   +-----------------------------------------------------------------------+
 *   |    horizon: the latest end of a forgotten version, none without one   |   80
 *   +-----------------------------------------------------------------------+
 *   |     lastKnowledgeTime: the largest one admitted, none without one     |   88
 *   +-----------------------------------------------------------------------+
 *   |  key, name of the unit, key of the successor, key of the predecessor: |   96
 *   |  each two bytes of length, and UTF-8; empty if there is no link       |
 *   +-----------------------------------------------------------------------+
 *   |  windowCount windows of 24 bytes: the codes of a window, sorted       |
 *   +-----------------------------------------------------------------------+
 *   |  versionCount versions                                                |
 *   +-----------------------------------+-----------------------------------+
 *   |              CRC-32C              |
 *   +-----------------------------------+
 *
 *   one version, 25 to 41 bytes:
 *   +--------+
 *   | flags  |   0   bits 0 and 1: 0 current, 1 revised, 2 withdrawn; bit 2: has a reference; others zero
 *   +--------+--------------------------------------------------------------+
 *   |                              validTime                                |    1
 *   +-----------------------------------------------------------------------+
 *   |                  value; Long.MIN_VALUE is unknown                     |    9
 *   +-----------------------------------------------------------------------+
 *   |                            knowledgeTime                              |   17
 *   +-----------------------------------------------------------------------+
 *   |                   reference, if the flags say so                      |   25
 *   +-----------------------------------------------------------------------+
 *   |        knowledge time of the withdrawal, if it was withdrawn          |   25 or 33
 *   +-----------------------------------------------------------------------+
 * </pre>
 *
 * <p>Versions are in the order of (valid time, reference), and those of one identity in the order in which they became
 * known. A revised version ends at the knowledge time of the next one, which has the same identity. Versions that
 * ended before the horizon are not there. The value of a series that adds (SUM) is the total, not the amount added.
 */
final class SeriesImageDescriptor {
    static final int VERSION_COUNT_OFFSET = ImageFrame.FIELDS_OFFSET;
    static final int KIND_OFFSET = 16;
    static final int SCALE_OFFSET = 17;
    static final int DUPLICATES_OFFSET = 18;
    static final int KEEPS_SHAPES_OFFSET = 19;
    static final int WINDOW_COUNT_OFFSET = 20;
    static final int HEARTBEAT_NS_OFFSET = 24;
    static final int LIFE_START_OFFSET = 32;
    static final int PERIOD_CODE_OFFSET = 40;
    static final int LIFE_END_OFFSET = 48;
    static final int LIFE_END_KNOWN_AT_OFFSET = 56;
    static final int SUCCESSOR_KNOWN_AT_OFFSET = 64;
    static final int PREDECESSOR_KNOWN_AT_OFFSET = 72;
    static final int HORIZON_OFFSET = 80;
    static final int LAST_KNOWLEDGE_TIME_OFFSET = 88;
    static final int TEXTS_OFFSET = 96;

    /** Bits of the flags of a version: its state. */
    static final int STATE_MASK = 0b011;

    /** Bit of the flags of a version: a reference follows. */
    static final int HAS_REFERENCE = 0b100;

    /** Length of the shortest version in bytes. */
    static final int MIN_VERSION_LENGTH = 25;

    /** Length of the longest version in bytes. */
    static final int MAX_VERSION_LENGTH = 41;

    private SeriesImageDescriptor() {}
}
