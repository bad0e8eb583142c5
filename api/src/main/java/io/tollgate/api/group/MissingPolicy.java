package io.tollgate.api.group;

/**
 * The treatment of unknown rates in a {@link Group} or a {@link io.tollgate.api.panel.Stack}. A rate is unknown before
 * its first point, after an UNKNOWN point, or after it has expired.
 */
public enum MissingPolicy {
    /** The member is dropped, and the weights of the others count for the whole. The answer is PARTIAL. */
    DROP_AND_RENORMALISE,
    /** The rate counts as 0. The answer is PARTIAL. */
    AS_ZERO,
    /** The answer is INSUFFICIENT. */
    FAIL
}
