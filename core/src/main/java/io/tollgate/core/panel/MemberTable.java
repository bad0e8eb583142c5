package io.tollgate.core.panel;

import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.core.read.LevelSet;
import java.util.List;

/** The members of a group in columns: where their series stand in a set, and when they belong to it. Immutable. */
final class MemberTable {
    /** Instead of a place: the member has no such series. */
    static final int NONE = -1;

    private final int[] rates;
    private final int[] weights;
    private final int[] memberships;
    private final long[] fromNs;
    private final long[] untilNs;

    /** Takes the series of all members into a set. */
    MemberTable(final Group group, final LevelSet levels) {
        final List<GroupMember> members = group.members();
        rates = new int[members.size()];
        weights = new int[members.size()];
        memberships = new int[members.size()];
        fromNs = new long[members.size()];
        untilNs = new long[members.size()];
        for (int i = 0; i < rates.length; i++) {
            final GroupMember member = members.get(i);
            rates[i] = levels.add(member.rate());
            weights[i] = member.weight().map(levels::add).orElse(NONE);
            memberships[i] = member.membership().map(levels::add).orElse(NONE);
            fromNs[i] = member.fromNs();
            untilNs[i] = member.untilNs();
        }
    }

    int size() {
        return rates.length;
    }

    int rate(final int member) {
        return rates[member];
    }

    /** The place of the weight, {@link #NONE} if the member weighs 1. */
    int weight(final int member) {
        return weights[member];
    }

    /** The place of the membership, {@link #NONE} for always. */
    int membership(final int member) {
        return memberships[member];
    }

    long fromNs(final int member) {
        return fromNs[member];
    }

    long untilNs(final int member) {
        return untilNs[member];
    }
}
