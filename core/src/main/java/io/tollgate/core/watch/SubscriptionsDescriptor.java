package io.tollgate.core.watch;

/**
 * The layout of the subscriptions, and of the watches on panels, that a closed engine has written. All numbers are big
 * endian, in this order:
 *
 * <pre>
 *   the time of the logged clock (8 bytes)
 *   version (4), number of subscriptions (4), number of entries (4)
 *   of each subscription: length of its text (4), the text in UTF-8, number of its last update (8)
 *   of each entry:        series number (8), index of its subscription (4), next read of its metrics (8)
 *                         of each metric: revision (8), status (1), value (8), scaled value (8)
 *                         of each watch:  see {@link WatchState}
 *   the watches on panels: see {@link PanelLedger}
 *   the latest knowledge time of an accepted point (8 bytes)
 * </pre>
 */
public final class SubscriptionsDescriptor {
    /** The version that this code writes and reads. */
    public static final int VERSION = 1;

    /** The offset of the version. */
    public static final int VERSION_OFFSET = Long.BYTES;

    private SubscriptionsDescriptor() {}
}
