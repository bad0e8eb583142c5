package io.tollgate.core.panel;

import io.tollgate.api.Publisher;
import io.tollgate.core.number.GroupSums;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.read.LevelSource;

/**
 * The levels of one member of a group after the other: its rate, its weight, and whether it belongs to the group. One
 * thread at a time; nothing may be trusted before the set was found unchanged.
 */
final class MemberLevels {
    /** What a member weighs that does not belong to the group. */
    static final long NO_WEIGHT = 0;

    private final LevelCursor rate;
    private final LevelCursor weight;
    private final LevelCursor membership;

    MemberLevels(final LevelSource source) {
        rate = source.newCursor();
        weight = source.newCursor();
        membership = source.newCursor();
    }

    /** Goes to a member at an instant, with its weight at another one; false if a series is torn. */
    boolean place(final Roster table, final int member, final long atNs, final long weightAtNs) {
        final LevelSet levels = table.levels();
        return rate.open(levels, table.rate(member), atNs, atNs)
                && (table.weight(member) == Roster.NONE
                        || weight.open(levels, table.weight(member), weightAtNs, weightAtNs))
                && (table.membership(member) == Roster.NONE
                        || membership.open(levels, table.membership(member), atNs, atNs));
    }

    /** The weight of the member placed, {@link #NO_WEIGHT} if it does not belong to the group at the instant. */
    long weight(final Roster table, final int member, final long atNs) {
        final boolean isInside = atNs >= table.fromNs(member) && atNs < table.untilNs(member);
        return isInside ? weightInside(table, member) : NO_WEIGHT;
    }

    /** The rate of the member placed, UNKNOWN if it is not known. */
    long rate() {
        return rate.value();
    }

    /** Since when the member placed has been as it is at an instant. */
    long sinceNs(final Roster table, final int member, final long atNs, final boolean isWeightFixed) {
        long sinceNs = rate.sinceNs();
        if (table.weight(member) != Roster.NONE && !isWeightFixed) {
            sinceNs = Math.max(sinceNs, weight.sinceNs());
        }
        if (table.membership(member) != Roster.NONE) {
            sinceNs = Math.max(sinceNs, membership.sinceNs());
        }
        sinceNs = Math.max(sinceNs, table.standsSinceNs(member, atNs));
        if (atNs >= table.untilNs(member)) {
            return Math.max(sinceNs, table.untilNs(member));
        }
        return atNs >= table.fromNs(member) ? Math.max(sinceNs, table.fromNs(member)) : sinceNs;
    }

    /** When the member placed changes next if nothing else becomes known. */
    long changesAtNs(final Roster table, final int member, final long atNs, final boolean isWeightFixed) {
        long changesAtNs = rate.changesAtNs();
        if (table.weight(member) != Roster.NONE && !isWeightFixed) {
            changesAtNs = Math.min(changesAtNs, weight.changesAtNs());
        }
        if (table.membership(member) != Roster.NONE) {
            changesAtNs = Math.min(changesAtNs, membership.changesAtNs());
        }
        changesAtNs = Math.min(changesAtNs, table.standsChangeAtNs(member, atNs));
        if (atNs < table.fromNs(member)) {
            return Math.min(changesAtNs, table.fromNs(member));
        }
        return atNs < table.untilNs(member) ? Math.min(changesAtNs, table.untilNs(member)) : LevelCursor.NEVER;
    }

    private long weightInside(final Roster table, final int member) {
        if (table.membership(member) != Roster.NONE && membership.value() <= 0) {
            return NO_WEIGHT;
        }
        // An unknown weight is below 0.
        return table.weight(member) == Roster.NONE ? 1 : Math.max(NO_WEIGHT, weight.value());
    }

    /**
     * Adds up a member over time, for one of its stands.
     *
     * @param stand   of the member.
     * @param startNs the start.
     * @param endNs   the end, as seen from which all is read.
     * @param baseNs  the instant whose weight counts, NONE for that in force.
     * @param sums    to be added to, between the beginning of a member and its end.
     * @param covered where the time goes in which the member has a weight.
     * @return false if a series is torn.
     */
    boolean integrate(
            final Roster table,
            final int member,
            final int stand,
            final long startNs,
            final long endNs,
            final long baseNs,
            final GroupSums sums,
            final CoveredTime covered) {
        final LevelSet levels = table.levels();
        final long untilNs = Math.min(Math.min(endNs, table.untilNs(member)), table.standUntilNs(stand));
        long atNs = Math.max(Math.max(startNs, table.fromNs(member)), table.standFromNs(stand));
        if (atNs >= untilNs) {
            return true;
        }
        final boolean hasWeight = table.weight(member) != Roster.NONE;
        final boolean hasMembership = table.membership(member) != Roster.NONE;
        final boolean isFixed = baseNs != Publisher.NONE;
        if (!rate.open(levels, table.rate(member), atNs, endNs)
                || hasWeight
                        && !weight.open(levels, table.weight(member), isFixed ? baseNs : atNs, isFixed ? baseNs : endNs)
                || hasMembership && !membership.open(levels, table.membership(member), atNs, endNs)) {
            return false;
        }
        while (atNs < untilNs) {
            final boolean isWeightMoving = hasWeight && !isFixed;
            long nextNs = Math.min(untilNs, rate.untilNs());
            nextNs = isWeightMoving ? Math.min(nextNs, weight.untilNs()) : nextNs;
            nextNs = hasMembership ? Math.min(nextNs, membership.untilNs()) : nextNs;
            final long w = weightInside(table, member);
            if (w > NO_WEIGHT && nextNs > atNs) {
                sums.addStretch(nextNs - atNs, w, table.parts(member), rate.value());
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
        return isWhole(hasWeight, hasMembership);
    }

    private boolean isWhole(final boolean hasWeight, final boolean hasMembership) {
        return rate.isWhole() && (!hasWeight || weight.isWhole()) && (!hasMembership || membership.isWhole());
    }

    private static void advance(final LevelCursor cursor, final long toNs) {
        if (cursor.untilNs() <= toNs) {
            cursor.advance();
        }
    }
}
