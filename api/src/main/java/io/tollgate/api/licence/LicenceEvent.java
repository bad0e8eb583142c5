package io.tollgate.api.licence;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import java.util.Objects;

/**
 * An event of a licence pipeline: of one case, or of a row of a report that counts several cases. Immutable.
 *
 * <pre>{@code
 * LicenceEvent issued = LicenceEvent.of(LicenceEventKind.ISSUED, caseNumber, issuedNs, knownNs).withExpiry(endNs);
 * }</pre>
 *
 * @param kind      kind of event.
 * @param reference number of the case or row, shared by all its events; not {@link Publisher#NO_REFERENCE}. Use
 *                  references below 0 if events without a reference are offered to the same series.
 * @param count     number of cases, 1 to {@link #MAX_COUNT}.
 * @param atNs      instant of the event in ns.
 * @param expiresNs ISSUED: instant in ns at which the licence expires; {@link Instants#NONE} if it does not, or if its
 *                  expiry is reported as an event EXPIRED. Otherwise NONE.
 * @param knownNs   knowledge time in ns.
 */
public record LicenceEvent(LicenceEventKind kind, long reference, long count, long atNs, long expiresNs, long knownNs) {
    /** The largest number of cases of one event, 2^40. */
    public static final long MAX_COUNT = 1L << 40;

    /**
     * Checks the ranges.
     *
     * @param kind      kind of event.
     * @param reference number of the case or row.
     * @param count     number of cases.
     * @param atNs      instant of the event in ns.
     * @param expiresNs ISSUED: instant in ns at which the licence expires; otherwise NONE.
     * @param knownNs   knowledge time in ns.
     * @throws IllegalArgumentException if a value is out of range; the message names it.
     */
    public LicenceEvent {
        Objects.requireNonNull(kind, "kind");
        Instants.requireInRange(atNs);
        Instants.requireInRange(knownNs);
        if (reference == Publisher.NO_REFERENCE) {
            throw new IllegalArgumentException(kind + " reference=NONE, expected the number of the case or row");
        }
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException(kind + " reference=" + reference + " count=" + count + ", expected 1 to "
                    + MAX_COUNT + "; to remove an event, take it back");
        }
        if (expiresNs != Instants.NONE) {
            Instants.requireInRange(expiresNs);
            if (kind != LicenceEventKind.ISSUED || expiresNs <= atNs) {
                throw new IllegalArgumentException(kind + " reference=" + reference + " expires="
                        + Instants.format(expiresNs) + ", expected an expiry of an event ISSUED, after its instant");
            }
        }
    }

    /**
     * Creates an event of one case.
     *
     * @param kind      kind of event.
     * @param reference number of the case.
     * @param atNs      instant of the event in ns.
     * @param knownNs   knowledge time in ns.
     * @return the event.
     */
    public static LicenceEvent of(
            final LicenceEventKind kind, final long reference, final long atNs, final long knownNs) {
        return new LicenceEvent(kind, reference, 1, atNs, Instants.NONE, knownNs);
    }

    /**
     * Returns a copy with another count.
     *
     * @param cases number of cases, 1 to {@link #MAX_COUNT}.
     * @return the copy.
     */
    public LicenceEvent withCount(final long cases) {
        return new LicenceEvent(kind, reference, cases, atNs, expiresNs, knownNs);
    }

    /**
     * Returns a copy with an expiry of the licence.
     *
     * @param endNs first instant in ns at which the licence is no longer in force.
     * @return the copy.
     */
    public LicenceEvent withExpiry(final long endNs) {
        return new LicenceEvent(kind, reference, count, atNs, endNs, knownNs);
    }
}
