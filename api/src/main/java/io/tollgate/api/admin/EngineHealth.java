package io.tollgate.api.admin;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How an engine is at one moment. Its parts are read one after the other, while the engine goes on. Immutable.
 *
 * @param state         whether it runs.
 * @param failure       why it has failed, empty if it has not; also after it is closed.
 * @param ringUsed      bytes of the ring that hold points which are offered and not yet taken.
 * @param ringCapacity  bytes of the ring.
 * @param appliedTicket the last ticket that is applied or refused, 0 before the first.
 * @param durableTicket the last ticket that is on disk, 0 before the first; empty in memory.
 * @param refusedCount  points and withdrawals refused since the engine was opened, for all reasons together.
 * @param usableBytes   room on the disk of the data directory; empty in memory, and if the disk does not tell.
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
     * @param state         whether it runs.
     * @param failure       why it has failed, empty if it has not; also after it is closed.
     * @param ringUsed      bytes of the ring that hold points which are offered and not yet taken.
     * @param ringCapacity  bytes of the ring.
     * @param appliedTicket the last ticket that is applied or refused, 0 before the first.
     * @param durableTicket the last ticket that is on disk, 0 before the first; empty in memory.
     * @param refusedCount  points and withdrawals refused since the engine was opened, for all reasons together.
     * @param usableBytes   room on the disk of the data directory; empty in memory, and if the disk does not tell.
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
        /** It takes points. */
        RUNNING,
        /** It takes nothing any more, and was not closed cleanly: close it and open it again. */
        FAILED,
        /** It was closed, and had not failed. */
        CLOSED
    }

    /**
     * Returns true if the engine takes points.
     *
     * @return false if it has failed or is closed.
     */
    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /** {@return all of it in plain words, on one line} */
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
