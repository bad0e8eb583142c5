package io.tollgate.api.series;

import io.tollgate.api.admin.EngineStatistics;
import io.tollgate.api.admin.RefusalReason;
import java.util.Objects;

/**
 * What becomes of a second point at the instant of an earlier one. Immutable.
 *
 * <p>Except under ALL the instant alone is the identity of a point; its reference says where it comes from. A point may
 * be offered again where one was withdrawn: it is a first one there.
 *
 * <p>Under REVISE and ALL a point is no revision if it has the value and the reference of the point that counts: it
 * leaves no version, changes no answer, tells no subscriber and takes no memory. So a file can be loaded twice. Such a
 * point is logged and counted ({@link EngineStatistics#unchangedCount()}), and moves the engine clock and the last
 * knowledge time of the series as every accepted point does. An unknown level is equal to an unknown level. Another
 * reference is a revision, also with the same value.
 */
public enum DuplicatePolicy {
    /**
     * At most one current point an instant: the new value counts, the old one stays in the history; an equal value with
     * the same reference is no revision. STEP's default.
     */
    REVISE(1),
    /**
     * FLOW only, and its default: several events share an instant. Their references are their identities: an event with
     * the instant and reference of an earlier one revises it, unless the values are equal. Each event without a
     * reference is an event of its own, which no reference names: it can be withdrawn while it is the only event of its
     * instant, and never revised.
     */
    ALL(2),
    /**
     * At most one point an instant: the first one counts, later ones have no effect on the series. They are no refusal:
     * they are logged and counted ({@link EngineStatistics#ignoredCount()}), and move the engine clock and the last
     * knowledge time of the series as every accepted point does.
     */
    KEEP_FIRST(3),
    /** At most one point an instant: later ones are refused ({@link RefusalReason#DUPLICATE}). */
    REJECT(4),
    /**
     * FLOW only: at most one current point an instant, whose value is the sum of all that were offered for it; the
     * sums before stay in the history. A point that would take the sum beyond a {@code long} is refused
     * ({@link RefusalReason#OVERFLOW}). Each point is added, also one that was offered before. A withdrawal takes the
     * whole sum away.
     */
    SUM(5);

    private static final byte UNDECLARED = 0;
    private static final DuplicatePolicy[] BY_CODE = byCode();

    private final byte code;

    DuplicatePolicy(final int code) {
        this.code = (byte) code;
    }

    /**
     * The policy of a series that declares none.
     *
     * @param kind of the series.
     * @return REVISE for STEP, ALL for FLOW.
     */
    public static DuplicatePolicy defaultOf(final SeriesKind kind) {
        Objects.requireNonNull(kind, "kind");
        return kind == SeriesKind.STEP ? REVISE : ALL;
    }

    /**
     * Whether series of a kind can have this policy.
     *
     * @param kind of the series.
     * @return false for ALL and SUM of a STEP.
     */
    public boolean suits(final SeriesKind kind) {
        Objects.requireNonNull(kind, "kind");
        return kind == SeriesKind.FLOW || this != ALL && this != SUM;
    }

    /**
     * The code under which this policy is stored: it stays, wherever the policy stands among the others.
     *
     * @return 1 to 5.
     */
    public byte code() {
        return code;
    }

    /**
     * The policy stored under a code.
     *
     * @param code as returned by {@link #code()}; 0 where none was declared.
     * @param kind of the series.
     * @return the policy; that of a series that declares none for 0.
     * @throws IllegalArgumentException for any other code.
     */
    public static DuplicatePolicy of(final byte code, final SeriesKind kind) {
        Objects.requireNonNull(kind, "kind");
        if (code == UNDECLARED) {
            return defaultOf(kind);
        }
        if (code < 0 || code > BY_CODE.length) {
            throw new IllegalArgumentException("duplicatePolicyCode=" + code + ", expected 0 to 5");
        }
        return BY_CODE[code - 1];
    }

    private static DuplicatePolicy[] byCode() {
        final DuplicatePolicy[] policies = new DuplicatePolicy[values().length];
        for (final DuplicatePolicy policy : values()) {
            policies[policy.code - 1] = policy;
        }
        return policies;
    }
}
