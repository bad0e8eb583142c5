package io.tollgate.core.group;

import io.tollgate.api.series.Instants;
import io.tollgate.core.number.GroupSums;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.read.LevelSource;

/**
 * The levels of one member of a group after the other: its rate, its weight, and whether it belongs to the group. One
 * thread at a time; nothing may be trusted before the set was found unchanged.
 */
public final class MemberLevels {
    /** What a member weighs that does not belong to the group. */
    public static final long NO_WEIGHT = 0;

    private final LevelCursor rate;
    private final LevelCursor weight;
    private final LevelCursor membership;

    public MemberLevels(final LevelSource source) {
        rate = source.newCursor();
        weight = source.newCursor();
        membership = source.newCursor();
    }

    /** Goes to a member at an instant, with its weight at another one; false if a series is torn. */
    public boolean place(final MemberTable roster, final int member, final long atNs, final long weightAtNs) {
        final LevelSet levels = roster.levels();
        return rate.open(levels, roster.rate(member), atNs, atNs)
                && (roster.weight(member) == MemberTable.NONE
                        || weight.open(levels, roster.weight(member), weightAtNs, weightAtNs))
                && (roster.membership(member) == MemberTable.NONE
                        || membership.open(levels, roster.membership(member), atNs, atNs));
    }

    /** The weight of the member placed, {@link #NO_WEIGHT} if it does not belong to the group at the instant. */
    public long weight(final MemberTable roster, final int member, final long atNs) {
        final boolean isInside = atNs >= roster.fromNs(member) && atNs < roster.untilNs(member);
        return isInside ? weightInside(roster, member) : NO_WEIGHT;
    }

    /** The rate of the member placed, UNKNOWN if it is not known. */
    public long rate() {
        return rate.value();
    }

    /** Since when the member placed has been as it is at an instant. */
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

    /** When the member placed changes next if nothing else becomes known. */
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
        // An unknown weight is below 0.
        return roster.weight(member) == MemberTable.NONE ? 1 : Math.max(NO_WEIGHT, weight.value());
    }

    /**
     * Adds up a member over time, for one of its stands.
     *
     * @param placement   of the member.
     * @param startNs the start.
     * @param endNs   the end, as seen from which all is read.
     * @param baseNs  the instant whose weight counts, NONE for that in force.
     * @param sums    to be added to, between the beginning of a member and its end.
     * @param covered where the time goes in which the member has a weight.
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
