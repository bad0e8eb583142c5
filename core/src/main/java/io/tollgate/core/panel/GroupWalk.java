package io.tollgate.core.panel;

import io.tollgate.api.series.Instants;
import io.tollgate.core.group.GroupState;
import io.tollgate.core.group.MemberLevels;
import io.tollgate.core.group.StaleMembers;
import io.tollgate.core.read.LevelSource;
import java.util.function.IntConsumer;

/**
 * Goes through the course of a group in valid time, from change to change: whether it goes on or back, it looks at the
 * members that change on the way. Used by the engine's thread: no series changes meanwhile.
 */
public final class GroupWalk {
    private final GroupState state;
    private final PanelRead read;
    private final NodeAnswers answers;
    private final StaleMembers stale = new StaleMembers();
    private final IntConsumer onMember;
    private final IntConsumer onStale = stale::add;
    /** The instant whose weights count at all times, NONE for those in force. */
    private final long baseNs;

    private long atNs = Instants.MIN;

    GroupWalk(final PanelRead read) {
        this.read = read;
        answers = read.answers();
        final PanelSubject subject = read.subject();
        final LevelSource source = read.reader().source();
        state = new GroupState(subject.group(), subject.hierarchy(), source, new MemberLevels(source));
        onMember = this::include;
        baseNs = subject.group().weightsFixedAt().orElse(Instants.NONE);
    }

    private void include(final int member) {
        stale.include(state.roster(), member);
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
        if (!state.give(answers)) {
            read.prepare();
            state.give(answers);
        }
        answers.at(atNs);
    }
}
