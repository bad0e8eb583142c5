package io.tollgate.api.measure;

/** Differences of instants, which may need 65 bits. */
final class Spans {
    private Spans() {}

    /** Returns {@code toNs - fromNs}, limited to 292 years either way. */
    static long between(final long fromNs, final long toNs) {
        final long difference = toNs - fromNs;
        final boolean overflows = ((fromNs ^ toNs) & (toNs ^ difference)) < 0;
        if (overflows) {
            return fromNs < toNs ? Long.MAX_VALUE : -Long.MAX_VALUE;
        }
        // -2^63 would be Instants.NONE.
        return Math.max(-Long.MAX_VALUE, difference);
    }
}
