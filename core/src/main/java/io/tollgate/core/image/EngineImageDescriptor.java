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
 *   |         registrationCount         |            groupCount             |   32
 *   +-----------------------------------+-----------------------------------+
 *   |         subscriptionCount         |            panelCount             |   40
 *   +-----------------------------------+-----------------------------------+
 *   |  registrations by pattern, sorted by pattern                          |   48
 *   +-----------------------------------------------------------------------+
 *   |  groups and hierarchies, see {@link ImageGroups}
 *   +-----------------------------------------------------------------------+
 *   |  subscriptions
 *   +-----------------------------------------------------------------------+
 *   |  watches on panels
 *   +-----------------------------------+-----------------------------------+
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
 *
 *   one subscription:
 *   +-----------------------------------------------------------------------+
 *   |  the subscription as in the log: two bytes of length, and UTF-8       |
 *   +-----------------------------------------------------------------------+
 *   |  lastNumber (8 bytes), followedCount (4 bytes), followed series:      |
 *   |  key, state: each two bytes of length, and the bytes                  |
 *   +-----------------------------------------------------------------------+
 *
 *   the watches on panels of one name:
 *   +-----------------------------------------------------------------------+
 *   |  name, definition: two bytes of length, and UTF-8                     |
 *   +-----------------------------------------------------------------------+
 *   |  start (8 bytes), watchCount (4 bytes), the state of each watch:      |
 *   |  two bytes of length, and the bytes; no bytes before its first event  |
 *   +-----------------------------------------------------------------------+
 * </pre>
 *
 * <p>The states are the bytes that a data directory keeps, in big endian: of a followed series the next read of its
 * metrics and the fields after it in {@link io.tollgate.core.watch.SubscriptionsDescriptor}; of a watch on panels the
 * number of the last update, and the state of the watch.
 */
final class EngineImageDescriptor {
    /** Length of the shortest registration in bytes. */
    static final int MIN_REGISTRATION_LENGTH = 4;

    /** Length of the shortest subscription, and of the shortest watches on panels, in bytes. */
    static final int MIN_SUBSCRIPTION_LENGTH = 14;

    static final int MIN_PANEL_LENGTH = 16;

    /** Length of the shortest followed series in bytes. */
    static final int MIN_FOLLOWED_LENGTH = 12;

    private EngineImageDescriptor() {}
}
