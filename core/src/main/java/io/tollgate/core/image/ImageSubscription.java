package io.tollgate.core.image;

import io.tollgate.core.watch.FollowedState;
import java.util.List;

/**
 * A subscription, and what it has told.
 *
 * @param text       the whole subscription, as in the log.
 * @param lastNumber the number of its last update, 0 before the first one.
 * @param series     the followed series in the order in which the subscription follows them.
 */
public record ImageSubscription(String text, long lastNumber, List<FollowedState> series) {}
