package io.tollgate.core.group;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.core.read.LevelSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;

/**
 * The groups that are kept up to date. A change of a series costs one refresh of each of its members in each of these
 * groups. Pending changes are applied when the clock reaches them, all those of one instant in one step. Writer only,
 * except {@link #find}, {@link #has} and {@link #count}.
 */
public final class GroupStates {
    private static final int STATE_SHIFT = 32;

    private final LevelSource source;
    private final MemberLevels member;
    private final List<GroupState> states = new ArrayList<>();
    private final List<Object> registered = new ArrayList<>();
    private final Map<Object, GroupState> statesByValue = new ConcurrentHashMap<>();
    private final Long2ObjectHashMap<LongArrayList> membersBySeries = new Long2ObjectHashMap<>();
    private final DueHeap due = new DueHeap(0);
    private final IntArrayList changed = new IntArrayList();
    private final List<ChangedSeries> followers = new ArrayList<>();
    private final Long2ObjectHashMap<LongArrayList> followersBySeries = new Long2ObjectHashMap<>();

    /**
     * Creates an empty set of groups.
     *
     * @param source of the levels.
     */
    public GroupStates(final LevelSource source) {
        this.source = source;
        member = new MemberLevels(source);
    }

    /** {@return the number of groups and hierarchies; any thread} */
    public int count() {
        return statesByValue.size();
    }

    /**
     * Returns true if a group or hierarchy is kept up to date. Any thread.
     *
     * @param value the group or the hierarchy.
     * @return true if it is.
     */
    public boolean has(final Object value) {
        return statesByValue.containsKey(value);
    }

    /**
     * Keeps a group up to date from now on. Has no effect if it is kept already.
     *
     * @param group to keep.
     * @param nowNs the time.
     */
    public void add(final Group group, final long nowNs) {
        if (!has(group)) {
            add(group, newState(group, Optional.empty()), nowNs);
        }
    }

    /**
     * Keeps the nodes of a hierarchy up to date from now on. Has no effect if it is kept already.
     *
     * @param hierarchy to keep.
     * @param nowNs     the time.
     */
    public void add(final Hierarchy hierarchy, final long nowNs) {
        if (!has(hierarchy)) {
            add(hierarchy, newState(hierarchy.group(), Optional.of(hierarchy)), nowNs);
        }
    }

    private GroupState newState(final Group group, final Optional<Hierarchy> hierarchy) {
        return new GroupState(group, hierarchy, source, member);
    }

    private void add(final Object value, final GroupState state, final long nowNs) {
        final int number = due.add();
        states.add(state);
        takeNew(number, nowNs);
        statesByValue.put(value, state);
        registered.add(value);
    }

    /** {@return the groups and hierarchies that are kept, in the order of {@code add}; writer only} */
    public List<Object> registered() {
        return Collections.unmodifiableList(registered);
    }

    /**
     * Passes each change of a follower's series to it from now on. At first all of its series count as changed.
     *
     * @param follower the follower.
     */
    public void follow(final ChangedSeries follower) {
        final int left = followers.indexOf(ChangedSeries.NOBODY);
        final int number = left < 0 ? followers.size() : left;
        if (left < 0) {
            followers.add(follower);
        } else {
            followers.set(left, follower);
        }
        source.forEachSeries((seriesNumber, key) -> follow(number, seriesNumber, key));
    }

    private void follow(final int number, final long seriesNumber, final String key) {
        final ChangedSeries follower = followers.get(number);
        if (follower.isFollowed(key)) {
            followersBySeries
                    .computeIfAbsent(seriesNumber, any -> new LongArrayList())
                    .addLong((long) number << STATE_SHIFT | follower.add(seriesNumber));
        }
    }

    /**
     * Removes a follower.
     *
     * @param follower the follower.
     */
    public void unfollow(final ChangedSeries follower) {
        // Its slot stays, for the next follower, so that the other followers keep their numbers.
        final int number = followers.indexOf(follower);
        if (number < 0) {
            return;
        }
        followersBySeries.values().forEach(members -> members.removeIfLong(member -> number(member) == number));
        followers.set(number, ChangedSeries.NOBODY);
    }

    /** {@return the number of followers, including free slots; writer only} */
    public int followerCount() {
        return followers.size();
    }

    /**
     * Adds a series that was defined to the groups whose patterns match it.
     *
     * @param seriesNumber of the series.
     * @param key          of the series.
     * @param nowNs        the time.
     */
    public void defined(final long seriesNumber, final String key, final long nowNs) {
        for (int number = 0; number < followers.size(); number++) {
            follow(number, seriesNumber, key);
        }
        for (int number = 0; number < states.size(); number++) {
            if (states.get(number).hasNew()) {
                takeNew(number, nowNs);
            }
        }
    }

    private void takeNew(final int number, final long nowNs) {
        final GroupState state = states.get(number);
        final MemberTable roster = state.roster();
        state.begin();
        state.takeNew(
                i -> {
                    state.refresh(i, nowNs);
                    follow(roster, roster.rate(i), number, i);
                    follow(roster, roster.weight(i), number, i);
                    follow(roster, roster.membership(i), number, i);
                },
                i -> state.refresh(i, nowNs));
        state.end();
        due.set(number, state.dueNs());
    }

    private void follow(final MemberTable roster, final int place, final int number, final int i) {
        if (place != MemberTable.NONE) {
            follow(roster.levels().seriesNumber(place), number, i);
        }
    }

    private void follow(final long seriesNumber, final int number, final int i) {
        membersBySeries
                .computeIfAbsent(seriesNumber, any -> new LongArrayList())
                .addLong((long) number << STATE_SHIFT | i);
    }

    /** Returns the state of a group or hierarchy, null if it is not kept. Any thread. */
    public GroupState find(final Object value) {
        return statesByValue.get(value);
    }

    /**
     * Applies the changes that have become due.
     *
     * @param nowNs the time.
     */
    public void advanceTo(final long nowNs) {
        while (isDue(nowNs)) {
            final GroupState state = states.get(due.first());
            final boolean isFirst = state.begin();
            makeDue(due.first(), nowNs);
            if (isFirst) {
                state.end();
            }
        }
    }

    private boolean isDue(final long nowNs) {
        return due.firstNs() <= lastDueNs(nowNs);
    }

    /** Excludes NEVER, which must not be due even at the end of time. */
    private static long lastDueNs(final long nowNs) {
        return Math.min(nowNs, DueHeap.NEVER - 1);
    }

    /** Applies the due changes of a group. Called between its begin and end. */
    private void makeDue(final int number, final long nowNs) {
        final GroupState state = states.get(number);
        while (state.dueNs() <= lastDueNs(nowNs)) {
            state.refresh(state.firstDue(), nowNs);
        }
        due.set(number, state.dueNs());
    }

    /**
     * Applies a change of a series that is not released yet. The caller must call {@link #release()} after it has
     * released the series, so that no reader sees the group before the series.
     *
     * @param seriesNumber of the series.
     * @param fromNs       the start of the change.
     * @param nowNs        the time, after the change has moved it.
     */
    public void change(final long seriesNumber, final long fromNs, final long nowNs) {
        while (isDue(nowNs)) {
            // The version stays odd until release(): the due member may depend on the series that is changing, and so
            // may another member that has not been refreshed yet.
            begin(due.first());
            makeDue(due.first(), nowNs);
        }
        if (!followers.isEmpty()) {
            publishUpdate(seriesNumber, fromNs);
        }
        final LongArrayList members = membersOf(seriesNumber);
        if (members == null) {
            return;
        }
        int i = 0;
        while (i < members.size()) {
            final int number = number(members, i);
            final GroupState state = begin(number);
            while (i < members.size() && number(members, i) == number) {
                state.refresh((int) members.getLong(i++), nowNs);
            }
            due.set(number, state.dueNs());
        }
    }

    /** Returns the members that depend on a series, null if there are none. */
    private LongArrayList membersOf(final long seriesNumber) {
        return membersBySeries.isEmpty() ? null : membersBySeries.get(seriesNumber);
    }

    /** Makes the version of a group odd until the next {@link #release()}. */
    private GroupState begin(final int number) {
        final GroupState state = states.get(number);
        if (state.begin()) {
            changed.addInt(number);
        }
        return state;
    }

    /**
     * Announces a change of a series within a batch. Its groups cannot be read until {@link #release()}.
     *
     * @param seriesNumber of the series.
     */
    public void mark(final long seriesNumber) {
        final LongArrayList members = membersOf(seriesNumber);
        final int count = members == null ? 0 : members.size();
        for (int i = 0; i < count; i++) {
            begin(number(members, i));
        }
    }

    private void publishUpdate(final long seriesNumber, final long fromNs) {
        final LongArrayList series = followersBySeries.get(seriesNumber);
        final int count = series == null ? 0 : series.size();
        for (int i = 0; i < count; i++) {
            final long place = series.getLong(i);
            followers.get(number(place)).changed((int) place, fromNs);
        }
    }

    /** Releases the groups that were marked or changed. */
    public void release() {
        for (int i = 0; i < changed.size(); i++) {
            states.get(changed.getInt(i)).end();
        }
        changed.clear();
    }

    private static int number(final LongArrayList members, final int index) {
        return number(members.getLong(index));
    }

    private static int number(final long place) {
        return (int) (place >> STATE_SHIFT);
    }
}
