package io.tollgate.core.panel;

import io.tollgate.api.Group;
import io.tollgate.api.Hierarchy;
import io.tollgate.core.read.LevelSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;

/**
 * The groups that are kept up to date in a shard. A change of a series costs one look at each of its members in each of
 * these groups; changes that lie in the future are made when the clock reaches them, all those of one instant in one
 * step. Writer only, but for {@link #find}.
 */
public final class GroupStates {
    private static final int STATE_SHIFT = 32;

    private final LevelSource source;
    private final MemberLevels member;
    private final List<GroupState> states = new ArrayList<>();
    private final Map<Object, GroupState> statesByValue = new ConcurrentHashMap<>();
    private final Long2ObjectHashMap<LongArrayList> membersBySeries = new Long2ObjectHashMap<>();
    private final DueHeap due = new DueHeap(0);
    private final IntArrayList changed = new IntArrayList();

    /**
     * No groups yet.
     *
     * @param source of the levels of the shard.
     */
    public GroupStates(final LevelSource source) {
        this.source = source;
        member = new MemberLevels(source);
    }

    /** {@return the number of groups} */
    public int count() {
        return states.size();
    }

    /**
     * Keeps a group up to date from now on; one that is kept already is not kept twice.
     *
     * @param group whose series are all of this shard.
     * @param nowNs the time.
     */
    public void add(final Group group, final long nowNs) {
        if (!statesByValue.containsKey(group)) {
            add(group, new GroupState(group, Optional.empty(), source, member), nowNs);
        }
    }

    /**
     * Keeps the nodes of a hierarchy up to date from now on; one that is kept already is not kept twice.
     *
     * @param hierarchy whose series are all of this shard.
     * @param nowNs     the time.
     */
    public void add(final Hierarchy hierarchy, final long nowNs) {
        if (!statesByValue.containsKey(hierarchy)) {
            add(hierarchy, new GroupState(hierarchy.group(), Optional.of(hierarchy), source, member), nowNs);
        }
    }

    private void add(final Object value, final GroupState state, final long nowNs) {
        final int number = due.add();
        states.add(state);
        takeNew(number, nowNs);
        statesByValue.put(value, state);
    }

    /**
     * Takes series that were defined into the groups whose patterns they fit.
     *
     * @param nowNs the time.
     */
    public void defined(final long nowNs) {
        for (int number = 0; number < states.size(); number++) {
            if (states.get(number).hasNew()) {
                takeNew(number, nowNs);
            }
        }
    }

    private void takeNew(final int number, final long nowNs) {
        final GroupState state = states.get(number);
        final Roster roster = state.roster();
        state.begin();
        state.takeNew(nowNs, i -> {
            follow(roster, roster.rate(i), number, i);
            follow(roster, roster.weight(i), number, i);
            follow(roster, roster.membership(i), number, i);
        });
        state.end();
        due.set(number, state.dueNs());
    }

    private void follow(final Roster roster, final int place, final int number, final int i) {
        if (place != Roster.NONE) {
            follow(roster.levels().seriesNumber(place), number, i);
        }
    }

    private void follow(final long seriesNumber, final int number, final int i) {
        membersBySeries
                .computeIfAbsent(seriesNumber, any -> new LongArrayList())
                .addLong((long) number << STATE_SHIFT | i);
    }

    /** Finds what is kept of a group or hierarchy, null if it is not; any thread. */
    GroupState find(final Object value) {
        return statesByValue.get(value);
    }

    /** {@return the next instant at which time alone changes a group, the largest long if there is none} */
    public long dueNs() {
        return due.firstNs();
    }

    /**
     * Makes the changes that have become due.
     *
     * @param nowNs the time.
     */
    public void advanceTo(final long nowNs) {
        while (due.firstNs() <= nowNs) {
            final int number = due.first();
            final GroupState state = states.get(number);
            final boolean isChanging = state.isChanging();
            state.begin();
            state.refreshDue(nowNs);
            if (!isChanging) {
                state.end();
            }
            due.set(number, state.dueNs());
        }
    }

    /**
     * Follows a change of a series that was applied and is not released yet; {@link #release()} must follow when it is,
     * so that who reads the series sees the group no earlier than they are.
     *
     * @param seriesNumber of the series.
     * @param nowNs        the time, after the change has moved it.
     */
    public void change(final long seriesNumber, final long nowNs) {
        advanceTo(nowNs);
        final LongArrayList members = membersBySeries.get(seriesNumber);
        if (members == null) {
            return;
        }
        int i = 0;
        while (i < members.size()) {
            final int number = number(members, i);
            final GroupState state = states.get(number);
            state.begin();
            while (i < members.size() && number(members, i) == number) {
                state.refresh((int) members.getLong(i++), nowNs);
            }
            due.set(number, state.dueNs());
            changed.addInt(number);
        }
    }

    /** Releases the groups that have followed changes. */
    public void release() {
        for (int i = 0; i < changed.size(); i++) {
            states.get(changed.getInt(i)).end();
        }
        changed.clear();
    }

    private static int number(final LongArrayList members, final int index) {
        return (int) (members.getLong(index) >> STATE_SHIFT);
    }
}
