package io.tollgate.core.watch;

/**
 * A series that a subscription follows, and what the subscription has told of it.
 *
 * @param key   of the series.
 * @param state of its metrics and watches, as {@link SubscriptionsDescriptor} shows for an entry.
 */
public record FollowedState(String key, byte[] state) {}
