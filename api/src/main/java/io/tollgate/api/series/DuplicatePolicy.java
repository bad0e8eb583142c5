package io.tollgate.api.series;

import io.tollgate.api.admin.EngineStatistics;
import io.tollgate.api.admin.RefusalReason;
import java.util.Objects;

/**
 * Decides what happens if a point arrives at an instant that already has one. Immutable.
 *
 * <p>Under ALL, instant and reference together identify a point. Under every other policy the instant alone does, and
 * the reference only names the source. A point offered where the former point was withdrawn counts as a first point.
 *
 * <p>Under REVISE and ALL, a point with the same value and reference as the current point is unchanged, not a revision.
 * It leaves no version, changes no answer, notifies no subscriber and takes no memory, so a file can be loaded twice.
 * The engine logs and counts it ({@link EngineStatistics#unchangedCount()}). Like every accepted point, it advances the
 * engine clock and the last knowledge time of the series. Two unknown levels are equal. A point with the same value and
 * another reference is a revision.
 */
public enum DuplicatePolicy {
    /**
     * At most one current point for each instant: the new point replaces the old one, which stays in the history. The
     * default for STEP.
     */
    REVISE(1),
    /**
     * Several events may share an instant; for FLOW only, and its default. The reference identifies the event: a second
     * event with the same instant and reference revises the first, unless the values are equal. An event without a
     * reference is always a new event. It can never be revised, and can be withdrawn only while it is the only event at
     * its instant.
     */
    ALL(2),
    /**
     * At most one point for each instant: the first one counts and later ones do not change the series. Later points
     * are not refused: the engine logs and counts them ({@link EngineStatistics#ignoredCount()}), and they advance the
     * engine clock and the last knowledge time of the series.
     */
    KEEP_FIRST(3),
    /** At most one point for each instant: later ones are refused ({@link RefusalReason#DUPLICATE}). */
    REJECT(4),
    /**
     * The value at an instant is the sum of all points offered for it; for FLOW only. Earlier sums stay in the history.
     * Every point is added, even one offered before. If the sum would exceed a {@code long}, the point is refused
     * ({@link RefusalReason#OVERFLOW}). A withdrawal removes the whole sum.
     */
    SUM(5);

    private static final byte UNDECLARED = 0;
    private static final DuplicatePolicy[] BY_CODE = byCode();

    private final byte code;

    DuplicatePolicy(final int code) {
        this.code = (byte) code;
    }

    /**
     * Returns the default policy of a kind of series.
     *
     * @param kind kind of the series.
     * @return REVISE for STEP, ALL for FLOW.
     */
    public static DuplicatePolicy defaultOf(final SeriesKind kind) {
        Objects.requireNonNull(kind, "kind");
        return kind == SeriesKind.STEP ? REVISE : ALL;
    }

    /**
     * Returns true if a kind of series can have this policy.
     *
     * @param kind kind of the series.
     * @return false for ALL and SUM of a STEP.
     */
    public boolean suits(final SeriesKind kind) {
        Objects.requireNonNull(kind, "kind");
        return kind == SeriesKind.FLOW || this != ALL && this != SUM;
    }

    /** {@return the stored code, 1 to 5; it never changes, unlike the ordinal} */
    public byte code() {
        return code;
    }

    /**
     * Returns the policy with a stored code.
     *
     * @param code a code from {@link #code()}, or 0 for the default.
     * @param kind kind of the series, which decides the default.
     * @return the policy.
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
