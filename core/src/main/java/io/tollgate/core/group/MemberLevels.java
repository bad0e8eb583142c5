package io.tollgate.core.group;

import io.tollgate.api.series.Instants;
import io.tollgate.core.number.GroupSums;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.read.LevelSource;

/**
 * Reads the levels of one member of a group at a time: its rate, its weight, and its membership. Used by one thread at
 * a time. No value is valid until the set was found unchanged.
 */
public final class MemberLevels {
    /** The weight of a member that does not belong to the group. */
    public static final long NO_WEIGHT = 0;

    private final LevelCursor rate;
    private final LevelCursor weight;
    private final LevelCursor membership;

    public MemberLevels(final LevelSource source) {
        rate = source.newCursor();
        weight = source.newCursor();
        membership = source.newCursor();
    }

    /** Moves to a member at an instant, with its weight at another instant. Returns false if a series is torn. */
    public boolean place(final MemberTable roster, final int member, final long atNs, final long weightAtNs) {
        final LevelSet levels = roster.levels();
        return rate.open(levels, roster.rate(member), atNs, atNs)
                && (roster.weight(member) == MemberTable.NONE
                        || weight.open(levels, roster.weight(member), weightAtNs, weightAtNs))
                && (roster.membership(member) == MemberTable.NONE
                        || membership.open(levels, roster.membership(member), atNs, atNs));
    }

    /**
     * Returns the weight of the current member, {@link #NO_WEIGHT} if it does not belong to the group at the instant.
     */
    public long weight(final MemberTable roster, final int member, final long atNs) {
        final boolean isInside = atNs >= roster.fromNs(member) && atNs < roster.untilNs(member);
        return isInside ? weightInside(roster, member) : NO_WEIGHT;
    }

    /** Returns the rate of the current member, UNKNOWN if it is not known. */
    public long rate() {
        return rate.value();
    }

    /** Returns the instant since which the current member has had its values of an instant. */
    long sinceNs(final MemberTable roster, final int member, final long atNs, final boolean isWeightFixed) {
        long sinceNs = rate.sinceNs();
        if (roster.weight(member) != MemberTable.NONE && !isWeightFixed) {
            sinceNs = Math.max(sinceNs, weight.sinceNs());
        }
        if (roster.membership(member) != MemberTable.NONE) {
            sinceNs = Math.max(sinceNs, membership.sinceNs());
        }
        sinceNs = Math.max(sinceNs, roster.placementsSinceNs(member, atNs));
        if (atNs >= roster.untilNs(member)) {
            return Math.max(sinceNs, roster.untilNs(member));
        }
        return atNs >= roster.fromNs(member) ? Math.max(sinceNs, roster.fromNs(member)) : sinceNs;
    }

    /** Returns the next instant at which the current member changes if no further point becomes known. */
    public long changesAtNs(final MemberTable roster, final int member, final long atNs, final boolean isWeightFixed) {
        if (roster.isRetired(member)) {
            return LevelCursor.NEVER;
        }
        long changesAtNs = rate.changesAtNs();
        if (roster.weight(member) != MemberTable.NONE && !isWeightFixed) {
            changesAtNs = Math.min(changesAtNs, weight.changesAtNs());
        }
        if (roster.membership(member) != MemberTable.NONE) {
            changesAtNs = Math.min(changesAtNs, membership.changesAtNs());
        }
        changesAtNs = Math.min(changesAtNs, roster.placementsChangeAtNs(member, atNs));
        if (atNs < roster.fromNs(member)) {
            return Math.min(changesAtNs, roster.fromNs(member));
        }
        return atNs < roster.untilNs(member) ? Math.min(changesAtNs, roster.untilNs(member)) : LevelCursor.NEVER;
    }

    private long weightInside(final MemberTable roster, final int member) {
        if (roster.membership(member) != MemberTable.NONE && membership.value() <= 0) {
            return NO_WEIGHT;
        }
        // UNKNOWN is below 0.
        return roster.weight(member) == MemberTable.NONE ? 1 : Math.max(NO_WEIGHT, weight.value());
    }

    /**
     * Sums a member over time, for one of its placements.
     *
     * @param placement   the placement.
     * @param startNs the start.
     * @param endNs   the end, which is also the instant of all reads.
     * @param baseNs  the instant at which weights are fixed, NONE for the weights in force.
     * @param sums    to be added to, between the beginning of a member and its end.
     * @param covered receives the time in which the member has a weight.
     * @return false if a series is torn.
     */
    public boolean integrate(
            final MemberTable roster,
            final int member,
            final int placement,
            final long startNs,
            final long endNs,
            final long baseNs,
            final GroupSums sums,
            final CoveredTime covered) {
        final LevelSet levels = roster.levels();
        final long untilNs = Math.min(Math.min(endNs, roster.untilNs(member)), roster.placementUntilNs(placement));
        long atNs = Math.max(Math.max(startNs, roster.fromNs(member)), roster.placementFromNs(placement));
        if (atNs >= untilNs) {
            return true;
        }
        final boolean hasWeight = roster.weight(member) != MemberTable.NONE;
        final boolean hasMembership = roster.membership(member) != MemberTable.NONE;
        final boolean isFixed = baseNs != Instants.NONE;
        if (!rate.open(levels, roster.rate(member), atNs, endNs)
                || hasWeight
                        && !weight.open(
                                levels, roster.weight(member), isFixed ? baseNs : atNs, isFixed ? baseNs : endNs)
                || hasMembership && !membership.open(levels, roster.membership(member), atNs, endNs)) {
            return false;
        }
        while (atNs < untilNs) {
            final boolean isWeightMoving = hasWeight && !isFixed;
            long nextNs = Math.min(untilNs, rate.untilNs());
            nextNs = isWeightMoving ? Math.min(nextNs, weight.untilNs()) : nextNs;
            nextNs = hasMembership ? Math.min(nextNs, membership.untilNs()) : nextNs;
            final long w = weightInside(roster, member);
            if (w > NO_WEIGHT && nextNs > atNs) {
                sums.addStretch(nextNs - atNs, w, roster.parts(member), rate.value());
                covered.add(atNs, nextNs);
            }
            atNs = nextNs;
            advance(rate, atNs);
            if (isWeightMoving) {
                advance(weight, atNs);
            }
            if (hasMembership) {
                advance(membership, atNs);
            }
        }
        return isIntact(hasWeight, hasMembership);
    }

    private boolean isIntact(final boolean hasWeight, final boolean hasMembership) {
        return rate.isIntact() && (!hasWeight || weight.isIntact()) && (!hasMembership || membership.isIntact());
    }

    private static void advance(final LevelCursor cursor, final long toNs) {
        if (cursor.untilNs() <= toNs) {
            cursor.advance();
        }
    }
}
