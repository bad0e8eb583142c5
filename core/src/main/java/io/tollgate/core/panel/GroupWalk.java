package io.tollgate.core.panel;

import io.tollgate.api.series.Instants;
import io.tollgate.core.group.GroupState;
import io.tollgate.core.group.MemberLevels;
import io.tollgate.core.group.StaleMembers;
import io.tollgate.core.read.LevelSource;
import java.util.function.IntConsumer;

/**
 * Iterates over the value of a group through valid time, from change to change, forwards or backwards. Each step reads
 * only the members that change on the way. Used by the engine's thread, so no series changes meanwhile.
 */
public final class GroupWalk {
    private final GroupState state;
    private final PanelRead read;
    private final NodeAnswers answers;
    private final StaleMembers stale = new StaleMembers();
    private final IntConsumer onMember;
    private final IntConsumer onStale = stale::add;
    /** The instant at which weights are fixed, NONE if the weights in force count. */
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
     * Records a change of a series.
     *
     * @param seriesNumber of any series.
     * @param fromNs       the start of the change.
     * @return the start of the change of the group. A change of a fixed weight changes the group at all instants.
     */
    public long changed(final long seriesNumber, final long fromNs) {
        stale.addOf(seriesNumber);
        return fromNs <= baseNs && stale.hasWeight(state.roster(), seriesNumber) ? Instants.MIN : fromNs;
    }

    /**
     * Moves to an instant, and fills the reading that the walk was made for.
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
