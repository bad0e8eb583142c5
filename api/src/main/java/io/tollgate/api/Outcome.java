package io.tollgate.api;

import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.DuplicatePolicy;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The outcome of a ticket, see {@link Engine#awaitOutcome(long)}. That of a {@link Batch} stands for all its points.
 * Immutable.
 *
 * @param type   the outcome.
 * @param reason of a refusal; of a batch that of the first point that was not refused because of another one.
 */
public record Outcome(Type type, Optional<RefusalReason> reason) {
    /** The point, or at least one of the batch, changed the series. */
    public static final Outcome APPLIED = new Outcome(Type.APPLIED, Optional.empty());

    /** The point, or all of the batch, changed nothing. */
    public static final Outcome UNCHANGED = new Outcome(Type.UNCHANGED, Optional.empty());

    /** The ticket is too old. */
    public static final Outcome FORGOTTEN = new Outcome(Type.FORGOTTEN, Optional.empty());

    private static final Outcome[] REFUSED = Arrays.stream(RefusalReason.values())
            .map(reason -> new Outcome(Type.REFUSED, Optional.of(reason)))
            .toArray(Outcome[]::new);

    /**
     * Refuses null.
     *
     * @param type   the outcome.
     * @param reason of a refusal; of a batch that of the first point that was not refused because of another one.
     */
    public Outcome {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(reason, "reason");
    }

    /** The fate of the points of a ticket. */
    public enum Type {
        /** They changed their series. */
        APPLIED,
        /**
         * They changed nothing: each is equal to the point that counts, or comes behind it under
         * {@link DuplicatePolicy#KEEP_FIRST}.
         */
        UNCHANGED,
        /** They were refused, for a reason. */
        REFUSED,
        /** They were applied or refused, and at least 65,536 tickets have been so since. */
        FORGOTTEN
    }

    /**
     * A refusal.
     *
     * @param reason of the refusal.
     * @return the outcome, the same object for the same reason.
     */
    public static Outcome refused(final RefusalReason reason) {
        return REFUSED[Objects.requireNonNull(reason, "reason").ordinal()];
    }
}
