package io.tollgate.core;

/**
 * Something on a ring that no publisher puts there: the memory of this process is damaged. The engine fails before any
 * of it is logged, as a log that holds it could not be applied again.
 */
final class RingDamage {
    private RingDamage() {}

    /** The end of the engine. */
    static IllegalStateException exception(final int shard, final String found, final String expected) {
        return new IllegalStateException("ringOfShard=" + shard + " " + found + ", expected " + expected
                + "; the memory of this process is damaged: end it, and open the engine in another one");
    }
}
