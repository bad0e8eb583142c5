package io.tollgate.core;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a command begins, or is taken back before: by who waits for it, or as a shard has ended. One is shared by the
 * commands that are run on all shards or on none. Any thread.
 */
final class CommandStart {
    private static final RuntimeException BEGUN = new IllegalStateException("begun");

    /** Why it was taken back, {@link #BEGUN} once it has begun. */
    private final AtomicReference<RuntimeException> outcome = new AtomicReference<>();

    /** Lets it begin, on the engine's thread; false if it was taken back. */
    boolean begin() {
        return outcome.compareAndSet(null, BEGUN) || outcome.get() == BEGUN;
    }

    /** Takes it back; false if it has begun. */
    boolean takeBack(final RuntimeException reason) {
        return outcome.compareAndSet(null, reason) || outcome.get() != BEGUN;
    }

    boolean isTakenBack() {
        final RuntimeException now = outcome.get();
        return now != null && now != BEGUN;
    }

    /** Why it was taken back. */
    RuntimeException reason() {
        return outcome.get();
    }
}
