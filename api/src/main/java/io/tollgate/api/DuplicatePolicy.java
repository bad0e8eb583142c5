package io.tollgate.api;

/** What becomes of a second point at the instant of an earlier one. Immutable. */
public enum DuplicatePolicy {
    /** At most one current point an instant: the new value counts, the old one stays in the history. STEP's default. */
    REVISE,
    /**
     * FLOW only, and its default: several events share an instant, told apart by their references; one with the instant
     * and reference of an earlier one revises it.
     */
    ALL,
    /** At most one point an instant: the first one counts, later ones have no effect. */
    KEEP_FIRST,
    /** At most one point an instant: later ones are refused ({@link RefusalReason#DUPLICATE}). */
    REJECT,
    /**
     * FLOW only: at most one current point an instant, whose value is the sum of all that were offered for it; the
     * sums before stay in the history.
     */
    SUM;

    private static final DuplicatePolicy[] POLICIES = values();

    /**
     * The policy of a series that declares none.
     *
     * @param kind of the series.
     * @return REVISE for STEP, ALL for FLOW.
     */
    public static DuplicatePolicy defaultOf(final SeriesKind kind) {
        return kind == SeriesKind.STEP ? REVISE : ALL;
    }

    /**
     * Whether series of a kind can have this policy.
     *
     * @param kind of the series.
     * @return false for ALL and SUM of a STEP.
     */
    public boolean suits(final SeriesKind kind) {
        return kind == SeriesKind.FLOW || this != ALL && this != SUM;
    }

    /**
     * The code under which this policy is stored.
     *
     * @return 0 for REVISE, counted up.
     */
    public byte code() {
        return (byte) ordinal();
    }

    /**
     * The policy stored under a code.
     *
     * @param code as returned by {@link #code()}.
     * @return the policy.
     * @throws IllegalArgumentException for any other code.
     */
    public static DuplicatePolicy of(final byte code) {
        if (code < 0 || code >= POLICIES.length) {
            throw new IllegalArgumentException("duplicatePolicyCode=" + code + ", expected 0 to 4");
        }
        return POLICIES[code];
    }
}
