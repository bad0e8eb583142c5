package io.tollgate.core.watch;

/**
 * The layout of what an engine that was closed says of its subscriptions, and of watches on panels: all numbers big
 * endian, in this order.
 *
 * <pre>
 *   the instant up to which the logged clock has come (8 bytes)
 *   version (4), number of subscriptions (4), number of entries (4)
 *   of each subscription: length of its text (4), the text in UTF-8, number of its last update (8)
 *   of each entry:        series number (8), index of its subscription (4), next look at its metrics (8)
 *                         of each metric: revision (8), status (1), value (8), scaled value (8)
 *                         of each watch:  see {@link WatchState}
 *   what is known of panels: see {@link PanelLedger}
 *   the latest time that accepted points were stamped with (8 bytes)
 * </pre>
 */
public final class SubscriptionsDescriptor {
    /** The version that this code writes and reads. */
    public static final int VERSION = 1;

    /** Where the version stands. */
    public static final int VERSION_OFFSET = Long.BYTES;

    private SubscriptionsDescriptor() {}
}
