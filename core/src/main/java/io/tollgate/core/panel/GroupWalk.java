package io.tollgate.core.panel;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.series.Instants;
import io.tollgate.core.group.GroupState;
import io.tollgate.core.group.MemberLevels;
import io.tollgate.core.group.StaleMembers;
import io.tollgate.core.read.LevelReader;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Goes through the course of a group in valid time, from change to change: whether it goes on or back, it looks at the
 * members that change on the way. Used by the engine's thread: no series changes meanwhile.
 */
public final class GroupWalk {
    private final GroupState state;
    private final PanelRead read;
    private final LevelReader reader;
    private final StaleMembers stale = new StaleMembers();
    private final IntConsumer onMember;
    private final IntConsumer onStale = stale::add;
    /** The instant whose weights count at all times, NONE for those in force. */
    private final long baseNs;

    private long atNs = Instants.MIN;

    GroupWalk(final Group group, final Optional<Hierarchy> hierarchy, final PanelRead read, final LevelReader reader) {
        this.read = read;
        this.reader = reader;
        state = new GroupState(group, hierarchy, reader.source(), new MemberLevels(reader.source()));
        onMember = this::takeIn;
        baseNs = group.weightsFixedAt().orElse(Instants.NONE);
    }

    private void takeIn(final int member) {
        stale.takeIn(state.roster(), member);
    }

    /**
     * Says that a series has changed.
     *
     * @param seriesNumber of any series.
     * @param fromNs       the instant from which on.
     * @return the instant from which on the group has: the first of all, where a weight has that counts at all times.
     */
    public long changed(final long seriesNumber, final long fromNs) {
        stale.addOf(seriesNumber);
        return fromNs <= baseNs && stale.hasWeight(state.roster(), seriesNumber) ? Instants.MIN : fromNs;
    }

    /**
     * Goes to an instant, and fills the reading that the walk was made for.
     *
     * @param instantNs the instant t.
     */
    public void read(final long instantNs) {
        if (state.hasNew()) {
            state.takeNew(onMember, onStale);
        }
        if (instantNs < atNs) {
            state.visitChangedSince(instantNs, onStale);
        }
        atNs = instantNs;
        while (state.dueNs() <= atNs) {
            stale.add(state.takeDue());
        }
        stale.refresh(state, atNs);
        if (!state.give(read)) {
            read.prepare(reader);
            state.give(read);
        }
        read.at(atNs);
    }
}
