package io.tollgate.api.group;

/** What becomes of a member of a {@link Group} whose rate is not known: no point yet, unknown, or run out. */
public enum MissingPolicy {
    /** It is left out, and the weights of the others count for the whole. The answer is PARTIAL. */
    DROP_AND_RENORMALISE,
    /** Its rate counts as 0. The answer is PARTIAL. */
    AS_ZERO,
    /** There is no answer: it is INSUFFICIENT. */
    FAIL
}
