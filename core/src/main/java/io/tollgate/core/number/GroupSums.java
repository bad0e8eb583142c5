package io.tollgate.core.number;

import static io.tollgate.core.number.Int320.ADD;

/**
 * The exact sums of a group over its members, each with a weight {@code w} above 0 and a rate {@code t}, which may be
 * unknown, for a time {@code d}. The time is 1 at an instant; over a window it is the ns for which weight and rate
 * hold. A weight is the level of a weight times a number of parts; see {@link io.tollgate.api.group.Share}.
 *
 * <pre>
 *   members           sum d                          known      the same over known rates
 *                                                    inForce    the same over rates above 0
 *   weight            sum d w                        covered    the same over known rates
 *                                                    restricted the same over rates above 0
 *   rates             sum d t        over known rates
 *   weightedRates     sum d w t      over known rates
 *   weightedSquares   sum d w t^2    over known rates
 *   shareSquares      sum (sum d w)^2, the inner sum over the time of one member
 * </pre>
 *
 * <p>No sum overflows: weights and rates are below 2^63 in magnitude, parts at most 2^20, times add up to less than
 * 2^64 a member, and there are at most 2^20 members, so the largest sums stay below 2^314. Sums of torn records may
 * wrap around, but no method throws. All sums are exact: any order of adding and subtracting gives the same bits.
 *
 * <p>Weights and rates are in units of 10^-scale of their series. Not safe for use by several threads. No method
 * allocates.
 */
public final class GroupSums {
    private static final long SUBTRACT = ~ADD;

    final Int320 members = new Int320();
    final Int320 known = new Int320();
    final Int320 inForce = new Int320();
    final Int320 weight = new Int320();
    final Int320 covered = new Int320();
    final Int320 restricted = new Int320();
    final Int320 rates = new Int320();
    final Int320 weightedRates = new Int320();
    final Int320 weightedSquares = new Int320();
    final Int320 shareSquares = new Int320();
    private final WideInteger term = new WideInteger();
    private final WideInteger share = new WideInteger();
    private int memberCount;
    private int knownCount;
    private boolean isMemberKnown;

    /** Creates empty sums. */
    public GroupSums() {}

    /**
     * Removes all members.
     *
     * @return this.
     */
    public GroupSums clear() {
        memberCount = 0;
        knownCount = 0;
        members.clear();
        known.clear();
        inForce.clear();
        weight.clear();
        covered.clear();
        restricted.clear();
        rates.clear();
        weightedRates.clear();
        weightedSquares.clear();
        shareSquares.clear();
        return this;
    }

    /**
     * Copies other sums. If another thread changes them meanwhile, the copy is undefined.
     *
     * @param other sums to be copied.
     */
    public void copyFrom(final GroupSums other) {
        memberCount = other.memberCount;
        knownCount = other.knownCount;
        members.copyFrom(other.members);
        known.copyFrom(other.known);
        inForce.copyFrom(other.inForce);
        weight.copyFrom(other.weight);
        covered.copyFrom(other.covered);
        restricted.copyFrom(other.restricted);
        rates.copyFrom(other.rates);
        weightedRates.copyFrom(other.weightedRates);
        weightedSquares.copyFrom(other.weightedSquares);
        shareSquares.copyFrom(other.shareSquares);
    }

    /**
     * Adds a member at an instant.
     *
     * @param w     above 0.
     * @param parts of the weight, above 0.
     * @param t     its rate, UNKNOWN if it is not known.
     */
    public void add(final long w, final long parts, final long t) {
        addSquare(w, parts, ADD);
        accumulate(1, w, parts, t, ADD);
        memberCount++;
        knownCount += t == ReadableRunSummary.UNKNOWN ? 0 : 1;
    }

    /**
     * Subtracts a member at an instant.
     *
     * @param w     as it was added.
     * @param parts as they were added.
     * @param t     as it was added.
     */
    public void subtract(final long w, final long parts, final long t) {
        addSquare(w, parts, SUBTRACT);
        accumulate(1, w, parts, t, SUBTRACT);
        memberCount--;
        knownCount -= t == ReadableRunSummary.UNKNOWN ? 0 : 1;
    }

    private void addSquare(final long w, final long parts, final long direction) {
        term.set(w).multiply(w);
        if (parts != 1) {
            term.multiply(parts).multiply(parts);
        }
        shareSquares.add(term, direction);
    }

    /**
     * Begins a member over a window: {@link #addStretch} may follow any number of times, then {@link #endMember} must.
     */
    public void beginMember() {
        share.set(0);
        isMemberKnown = false;
    }

    /**
     * Adds a stretch of time of the member.
     *
     * @param ns    its length, unsigned.
     * @param w     above 0.
     * @param parts of the weight, above 0.
     * @param t     its rate, UNKNOWN if it is not known.
     */
    public void addStretch(final long ns, final long w, final long parts, final long t) {
        share.add(term.set(ns).multiply(w).multiply(parts));
        isMemberKnown |= t != ReadableRunSummary.UNKNOWN;
        accumulate(ns, w, parts, t, ADD);
    }

    /** Ends the member. */
    public void endMember() {
        if (share.length() > 0) {
            shareSquares.add(term.setProduct(share, share), ADD);
            memberCount++;
            knownCount += isMemberKnown ? 1 : 0;
        }
    }

    private void accumulate(final long ns, final long w, final long parts, final long t, final long direction) {
        members.add(term.set(ns), direction);
        term.multiply(w);
        if (parts != 1) {
            term.multiply(parts);
        }
        weight.add(term, direction);
        if (t == ReadableRunSummary.UNKNOWN) {
            return;
        }
        covered.add(term, direction);
        if (t > 0) {
            restricted.add(term, direction);
        }
        final long magnitude = Math.abs(t);
        final long sign = t >> 63;
        weightedRates.add(term.multiply(magnitude), direction ^ sign);
        weightedSquares.add(term.multiply(magnitude), direction);
        known.add(term.set(ns), direction);
        if (t > 0) {
            inForce.add(term, direction);
        }
        rates.add(term.multiply(magnitude), direction ^ sign);
    }

    /** {@return the number of members with a weight} */
    public int memberCount() {
        return memberCount;
    }

    /** {@return the number of members whose rate is known at any time} */
    public int knownCount() {
        return knownCount;
    }

    /** {@return whether the rates of all members are known at all times} */
    public boolean isAllKnown() {
        return members.isEqualTo(known);
    }
}
