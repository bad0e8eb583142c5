package io.tollgate.api.watch;

/** A named request for updates, see {@link Updates#subscribe(UpdateRequest, QueueOptions)}. Immutable. */
public sealed interface UpdateRequest permits Subscription, WatchSet {
    /**
     * The name of the request in the engine and its log.
     *
     * @return 1 to {@value Subscription#MAX_NAME_LENGTH} printable ASCII characters without spaces.
     */
    String name();
}
