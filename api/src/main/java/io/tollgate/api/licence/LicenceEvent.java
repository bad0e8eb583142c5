package io.tollgate.api.licence;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import java.util.Objects;

/**
 * An event of a licence pipeline: of one case, or of a row of a report that counts several. Immutable.
 *
 * @param kind      what happened.
 * @param reference of the case, or of the row: the events of one case share it. Not {@link Publisher#NO_REFERENCE}, and
 *     below 0
 *                  where other events without a reference are offered to the same series.
 * @param count     how many cases, above 0.
 * @param atNs      when it happened.
 * @param expiresNs ISSUED: when the licence runs out, after that; {@link Instants#NONE} if it does not, or that is
 *                  reported as an event EXPIRED. Else NONE.
 * @param knownNs   when it became known.
 */
public record LicenceEvent(LicenceEventKind kind, long reference, long count, long atNs, long expiresNs, long knownNs) {
    /** The most cases of one event, 2^40. */
    public static final long MAX_COUNT = 1L << 40;

    /**
     * Checks the ranges.
     *
     * @param kind      what happened.
     * @param reference of the case, or of the row.
     * @param count     how many cases.
     * @param atNs      when it happened.
     * @param expiresNs ISSUED: when the licence runs out; else NONE.
     * @param knownNs   when it became known.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public LicenceEvent {
        Objects.requireNonNull(kind, "kind");
        Instants.requireInRange(atNs);
        Instants.requireInRange(knownNs);
        if (reference == Publisher.NO_REFERENCE) {
            throw new IllegalArgumentException(kind + " reference=NONE, expected that of the case or the row");
        }
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException(kind + " reference=" + reference + " count=" + count + ", expected 1 to "
                    + MAX_COUNT + "; take an event back for none");
        }
        if (expiresNs != Instants.NONE) {
            Instants.requireInRange(expiresNs);
            if (kind != LicenceEventKind.ISSUED || expiresNs <= atNs) {
                throw new IllegalArgumentException(kind + " reference=" + reference + " expires="
                        + Instants.format(expiresNs) + ", expected an end of what is ISSUED, after its beginning");
            }
        }
    }

    /**
     * An event of one case.
     *
     * @param kind      what happened.
     * @param reference of the case.
     * @param atNs      when it happened.
     * @param knownNs   when it became known.
     * @return the event.
     */
    public static LicenceEvent of(
            final LicenceEventKind kind, final long reference, final long atNs, final long knownNs) {
        return new LicenceEvent(kind, reference, 1, atNs, Instants.NONE, knownNs);
    }

    /**
     * The same with another count.
     *
     * @param cases above 0.
     * @return the changed event.
     */
    public LicenceEvent withCount(final long cases) {
        return new LicenceEvent(kind, reference, cases, atNs, expiresNs, knownNs);
    }

    /**
     * The same with an end of the licence.
     *
     * @param endNs from when it is no longer in force.
     * @return the changed event.
     */
    public LicenceEvent withExpiry(final long endNs) {
        return new LicenceEvent(kind, reference, count, atNs, endNs, knownNs);
    }
}
