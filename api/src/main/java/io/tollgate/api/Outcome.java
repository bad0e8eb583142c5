package io.tollgate.api;

import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.DuplicatePolicy;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The outcome of a ticket, as returned by {@link Engine#awaitOutcome(long)}. The ticket of a {@link Batch} has one
 * outcome for all its points. Immutable.
 *
 * @param type   the outcome.
 * @param reason reason of a refusal; for a batch, the reason of its first point that was refused on its own account.
 */
public record Outcome(Type type, Optional<RefusalReason> reason) {
    /** The point changed the series; for a batch, at least one point did. */
    public static final Outcome APPLIED = new Outcome(Type.APPLIED, Optional.empty());

    /** The point did not change the series; for a batch, no point did. */
    public static final Outcome UNCHANGED = new Outcome(Type.UNCHANGED, Optional.empty());

    /** The ticket is too old: the engine no longer knows its outcome. */
    public static final Outcome FORGOTTEN = new Outcome(Type.FORGOTTEN, Optional.empty());

    private static final Outcome[] REFUSED = Arrays.stream(RefusalReason.values())
            .map(reason -> new Outcome(Type.REFUSED, Optional.of(reason)))
            .toArray(Outcome[]::new);

    /**
     * Creates an outcome; no argument may be null.
     *
     * @param type   the outcome.
     * @param reason reason of a refusal.
     */
    public Outcome {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(reason, "reason");
    }

    /** Kinds of outcome. */
    public enum Type {
        /** The points changed their series. */
        APPLIED,
        /**
         * The points did not change the series: each equals the current point, or came second under
         * {@link DuplicatePolicy#KEEP_FIRST}.
         */
        UNCHANGED,
        /** The engine refused the points. */
        REFUSED,
        /** The points were applied or refused, but at least 65,536 later tickets have been processed since. */
        FORGOTTEN
    }

    /**
     * Returns the outcome for a reason of refusal.
     *
     * @param reason the reason.
     * @return the outcome; the same object for the same reason.
     */
    public static Outcome refused(final RefusalReason reason) {
        return REFUSED[Objects.requireNonNull(reason, "reason").ordinal()];
    }
}
