package io.tollgate.api.admin;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of an engine at one moment. Its fields are read one after the other while the engine runs. Immutable.
 *
 * <pre>{@code
 * EngineHealth health = engine.health();
 * if (!health.isRunning()) {
 *     health.failure().ifPresent(Throwable::printStackTrace);
 * }
 * }</pre>
 *
 * @param state         running, failed or closed.
 * @param failure       the cause of the failure, also after the engine is closed; empty if it has not failed.
 * @param ringUsed      bytes of the ring in use: points that are offered and not yet consumed.
 * @param ringCapacity  capacity of the ring in bytes.
 * @param appliedTicket the last ticket that is applied or refused, 0 before the first.
 * @param durableTicket the last ticket that is on disk, 0 before the first; empty in memory.
 * @param refusedCount  points and withdrawals refused since the engine was opened, for all reasons.
 * @param usableBytes   free space on the disk of the data directory, in bytes; empty in memory, or if it is unknown.
 */
public record EngineHealth(
        State state,
        Optional<Throwable> failure,
        long ringUsed,
        long ringCapacity,
        long appliedTicket,
        OptionalLong durableTicket,
        long refusedCount,
        OptionalLong usableBytes) {
    /**
     * Refuses null.
     *
     * @param state         running, failed or closed.
     * @param failure       the cause of the failure, also after the engine is closed.
     * @param ringUsed      bytes of the ring in use: points that are offered and not yet consumed.
     * @param ringCapacity  capacity of the ring in bytes.
     * @param appliedTicket the last ticket that is applied or refused, 0 before the first.
     * @param durableTicket the last ticket that is on disk, 0 before the first.
     * @param refusedCount  points and withdrawals refused since the engine was opened, for all reasons.
     * @param usableBytes   free space on the disk of the data directory, in bytes.
     */
    public EngineHealth {
        Objects.requireNonNull(durableTicket, "durableTicket");
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(usableBytes, "usableBytes");
    }

    private static final long MEBIBYTE = 1L << 20;

    /** The state of an engine. */
    public enum State {
        /** The engine accepts points. */
        RUNNING,
        /** The engine accepts no more points and was not closed cleanly. Close it and open it again. */
        FAILED,
        /** The engine was closed without a failure. */
        CLOSED
    }

    /** {@return true if the engine accepts points; false if it has failed or is closed} */
    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /** {@return the health in words, on one line} */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(state.name().toLowerCase(Locale.ROOT));
        failure.ifPresent(cause -> text.append(" (").append(cause).append(')'));
        text.append(": ring ")
                .append(ringUsed)
                .append(" of ")
                .append(ringCapacity)
                .append(" bytes used, applied up to");
        text.append(" ticket ").append(appliedTicket);
        durableTicket.ifPresentOrElse(
                ticket -> text.append(", durable up to ticket ").append(ticket), () -> text.append(", in memory"));
        text.append(", ").append(refusedCount).append(" refused");
        usableBytes.ifPresent(
                bytes -> text.append(", ").append(bytes / MEBIBYTE).append(" MiB of room on the disk"));
        return text.toString();
    }
}
