package io.tollgate.core.group;

import java.util.BitSet;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2ObjectHashMap;

/** The members of a table that must be refreshed, and the members that depend on each series. Used by one thread. */
public final class StaleMembers {
    private final Long2ObjectHashMap<IntArrayList> membersBySeries = new Long2ObjectHashMap<>();
    private final IntArrayList stale = new IntArrayList();
    private final BitSet isStale = new BitSet();

    /** Adds a new member, and marks it for refresh. */
    public void include(final MemberTable roster, final int member) {
        include(roster, roster.rate(member), member);
        include(roster, roster.weight(member), member);
        include(roster, roster.membership(member), member);
        add(member);
    }

    private void include(final MemberTable roster, final int place, final int member) {
        if (place != MemberTable.NONE) {
            membersBySeries
                    .computeIfAbsent(roster.levels().seriesNumber(place), any -> new IntArrayList())
                    .addInt(member);
        }
    }

    /** Marks a member for refresh. */
    public void add(final int member) {
        if (!isStale.get(member)) {
            isStale.set(member);
            stale.addInt(member);
        }
    }

    /** Marks all members that depend on a series for refresh. */
    public void addOf(final long seriesNumber) {
        final IntArrayList members = membersBySeries.get(seriesNumber);
        final int count = members == null ? 0 : members.size();
        for (int i = 0; i < count; i++) {
            add(members.getInt(i));
        }
    }

    /** Returns true if a series is the weight of a member. */
    public boolean hasWeight(final MemberTable roster, final long seriesNumber) {
        final IntArrayList members = membersBySeries.get(seriesNumber);
        final int count = members == null ? 0 : members.size();
        for (int i = 0; i < count; i++) {
            final int weight = roster.weight(members.getInt(i));
            if (weight != MemberTable.NONE && roster.levels().seriesNumber(weight) == seriesNumber) {
                return true;
            }
        }
        return false;
    }

    /** Refreshes the marked members. */
    public void refresh(final GroupState state, final long atNs) {
        for (int i = 0; i < stale.size(); i++) {
            state.refresh(stale.getInt(i), atNs);
        }
        stale.clear();
        isStale.clear();
    }
}
