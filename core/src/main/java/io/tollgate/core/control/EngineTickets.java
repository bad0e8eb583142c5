package io.tollgate.core.control;

import io.tollgate.api.Outcome;
import io.tollgate.api.Publisher;
import io.tollgate.core.ingest.RingTickets;
import io.tollgate.core.manifest.LogDurability;
import io.tollgate.core.writer.DurabilityThread;
import io.tollgate.core.writer.EngineAgent;
import io.tollgate.core.writer.EngineWriter;
import java.time.Duration;
import java.util.Objects;

/** Answers questions about tickets, and waits for them. Control threads. */
public record EngineTickets(EngineWriter writer, DurabilityThread durability, CommandInvoker calls) {
    public void awaitApplied(final long ticket) {
        requireGivenOut(ticket);
        calls.awaitApplied(ticket, 0, CommandInvoker.FOREVER);
    }

    public boolean awaitApplied(final long ticket, final Duration timeout) {
        final long timeoutNs = nanos(timeout);
        requireGivenOut(ticket);
        return calls.awaitApplied(ticket, System.nanoTime(), timeoutNs);
    }

    public Outcome awaitOutcome(final long ticket) {
        awaitApplied(ticket);
        return writer.outcomes().of(ticket, writer.agent()::appliedPosition);
    }

    public void awaitDurable(final long ticket) {
        awaitDurable(ticket, 0, CommandInvoker.FOREVER);
    }

    public boolean awaitDurable(final long ticket, final Duration timeout) {
        return awaitDurable(ticket, System.nanoTime(), nanos(timeout));
    }

    private boolean awaitDurable(final long ticket, final long startNs, final long timeoutNs) {
        final LogDurability durable = writer.durability()
                .orElseThrow(() -> new IllegalStateException(
                        "directory=none, expected one: an engine in memory is not durable; set a directory"));
        requireGivenOut(ticket);
        return calls.awaitApplied(ticket, startNs, timeoutNs)
                && calls.awaitDurable(ticket, durable, durability, startNs, timeoutNs);
    }

    private static long nanos(final Duration timeout) {
        Objects.requireNonNull(timeout, "timeout=null, expected how long to wait");
        try {
            final long nanos = timeout.toNanos();
            if (nanos >= 0) {
                return nanos;
            }
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("timeout=" + timeout + ", expected at most 292 years", e);
        }
        throw new IllegalArgumentException("timeout=" + timeout + ", expected 0 or more");
    }

    public boolean isDurable(final long ticket) {
        requireGivenOut(ticket);
        return writer.durability()
                .filter(durable -> durable.durableTicket() >= ticket)
                .isPresent();
    }

    public boolean isApplied(final long ticket) {
        requireGivenOut(ticket);
        return writer.agent().appliedPosition() >= ticket;
    }

    /** Refuses a ticket that the publisher of this engine cannot have issued. A ticket is a position on the ring. */
    private void requireGivenOut(final long ticket) {
        if (ticket < 0) {
            throw new IllegalArgumentException("ticket=" + Publisher.describe(ticket)
                    + ", expected a ticket above 0: the offer failed; check its result before waiting");
        }
        final EngineAgent agent = writer.agent();
        final boolean isPossible = ticket % RingTickets.ALIGNMENT == 0 && ticket <= agent.claimedPosition();
        if (ticket == 0 || !agent.isStopped() && !isPossible) {
            throw new IllegalArgumentException(
                    "ticket=" + ticket + ", expected a ticket from the publisher of this engine");
        }
    }
}
