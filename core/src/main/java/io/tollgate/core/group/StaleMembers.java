package io.tollgate.core.group;

import java.util.BitSet;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2ObjectHashMap;

/** Which members of a roster must be looked at again, each once, and which of them rest on a series. One thread. */
public final class StaleMembers {
    private final Long2ObjectHashMap<IntArrayList> membersBySeries = new Long2ObjectHashMap<>();
    private final IntArrayList stale = new IntArrayList();
    private final BitSet isStale = new BitSet();

    /** Takes a member in, which is to be looked at. */
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

    /** A member is to be looked at again. */
    public void add(final int member) {
        if (!isStale.get(member)) {
            isStale.set(member);
            stale.addInt(member);
        }
    }

    /** All members that rest on a series are to be looked at again. */
    public void addOf(final long seriesNumber) {
        final IntArrayList members = membersBySeries.get(seriesNumber);
        final int count = members == null ? 0 : members.size();
        for (int i = 0; i < count; i++) {
            add(members.getInt(i));
        }
    }

    /** Whether a series is the weight of a member. */
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

    /** Looks at them. */
    public void refresh(final GroupState state, final long atNs) {
        for (int i = 0; i < stale.size(); i++) {
            state.refresh(stale.getInt(i), atNs);
        }
        stale.clear();
        isStale.clear();
    }
}
