package io.tollgate.api.watch;

/** A request to {@link Updates}, with a name. Immutable. */
public sealed interface UpdateRequest permits Subscription, WatchSet {
    /**
     * The name by which the engine and its log know it.
     *
     * @return 1 to {@value Subscription#MAX_NAME_LENGTH} characters of printable ASCII without spaces.
     */
    String name();
}
