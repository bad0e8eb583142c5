package io.tollgate.core.watch;

import java.util.List;

/**
 * The watches on panels of one name, and what they have told.
 *
 * @param name    of the watches.
 * @param text    their definition.
 * @param startNs the instant at which they began.
 * @param states  of each watch, as {@link PanelLedger} shows; empty before its first event.
 */
public record PanelState(String name, String text, long startNs, List<byte[]> states) {}
