package io.tollgate.core.admit;

import io.tollgate.api.Outcome;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.ingest.RingTickets;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;

/**
 * The outcomes of the last tickets, in 1 MB. A slot covers 8 bytes of the ring, and a record has at most 64 bytes, so
 * the slots of one lap hold at least 65,536 tickets:
 *
 * <pre>
 *   15            5 4         0
 *   +--------------+----------+
 *   | lap modulo   | outcome: |   0 none, 1 applied, 2 unchanged,
 *   | 2,048        | a code   |   2 + the code of a reason
 *   +--------------+----------+
 * </pre>
 *
 * <p>The engine's thread writes; any thread reads the outcome of an applied ticket.
 */
public final class TicketOutcomes {
    /** The ticket of a point that does not come from the ring. Its outcome is not stored. */
    public static final long NO_TICKET = 0;

    /** The slots of a lap. */
    private static final int SLOT_COUNT = 1 << 19;

    /** The ring positions of a lap. */
    static final long LAP_LENGTH = (long) SLOT_COUNT * RingTickets.ALIGNMENT;

    private static final int CODE_BITS = 5;
    private static final int CODE_MASK = (1 << CODE_BITS) - 1;
    private static final int APPLIED = 1;
    private static final int UNCHANGED = 2;
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(short[].class);

    private final short[] slots = new short[SLOT_COUNT];

    /** Records that the points of a ticket are applied. */
    void applied(final long ticket, final boolean isChange) {
        put(ticket, isChange ? APPLIED : UNCHANGED);
    }

    /** Records that the points of a ticket are refused. */
    void refused(final long ticket, final RefusalReason reason) {
        put(ticket, UNCHANGED + reason.code());
    }

    private void put(final long ticket, final int code) {
        if (ticket != NO_TICKET) {
            SLOTS.setOpaque(slots, slot(ticket), word(ticket, code));
        }
    }

    private static int slot(final long ticket) {
        return (int) (ticket / RingTickets.ALIGNMENT) & SLOT_COUNT - 1;
    }

    private static short word(final long ticket, final int code) {
        return (short) (ticket / LAP_LENGTH << CODE_BITS | code);
    }

    /**
     * Returns the outcome of an applied ticket.
     *
     * @param appliedPosition read after the slot: a slot with the same lap modulo 2,048 is then that of the ticket.
     */
    public Outcome of(final long ticket, final LongSupplier appliedPosition) {
        final short word = (short) SLOTS.getAcquire(slots, slot(ticket));
        final int code = word & CODE_MASK;
        if (appliedPosition.getAsLong() - ticket >= LAP_LENGTH || word != word(ticket, code) || code == 0) {
            return Outcome.FORGOTTEN;
        }
        return switch (code) {
            case APPLIED -> Outcome.APPLIED;
            case UNCHANGED -> Outcome.UNCHANGED;
            default -> Outcome.refused(RefusalReason.of(code - UNCHANGED));
        };
    }
}
