package io.tollgate.core.panel;

import io.tollgate.api.Group;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.Hierarchy;
import io.tollgate.api.WatchedPanel;
import io.tollgate.core.read.LevelSource;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * What is kept of a group whose series lie in several shards, by a thread that is told by each of them what has changed
 * ({@link ChangedSeries}). It looks at each changed member again, under the versions of its series alone. What is kept
 * is that of one moment for all shards, if none of them has changed anything since the versions that it was taken
 * at: a reader that finds so, before and after, has found a moment at which all series stood so; any other one reads
 * the series. One thread follows; any thread may ask whether it {@link #isCurrent()}.
 */
final class SharedGroup implements ChangedSeries.Follower {
    private final GroupState state;
    private final ChangedSeries[] shards;
    private final long[] versions;
    /** The versions that what is kept was taken at; changed within {@link GroupState#begin()} and end. */
    private final long[] keptVersions;

    private boolean isWhole;
    private final StaleMembers stale = new StaleMembers();
    private final IntConsumer onMember;
    private final IntConsumer onRetired = stale::add;

    SharedGroup(final Group group, final Optional<Hierarchy> hierarchy, final LevelSource source) {
        state = new GroupState(group, hierarchy, source, new MemberLevels(source), this::isCurrent);
        onMember = member -> stale.takeIn(state.roster(), member);
        shards = new ChangedSeries[source.shardCount()];
        versions = new long[shards.length];
        keptVersions = new long[shards.length];
        final WatchedPanel watched = WatchedPanel.of(group, GroupMetric.WEIGHTED);
        for (int i = 0; i < shards.length; i++) {
            shards[i] = new ChangedSeries(watched.keys(), watched.patterns(), false);
        }
    }

    /** What a shard tells. */
    ChangedSeries shard(final int index) {
        return shards[index];
    }

    GroupState state() {
        return state;
    }

    /** Whether no shard has changed anything since what is kept was taken; any thread, within a read of the state. */
    private boolean isCurrent() {
        boolean isCurrent = isWhole;
        for (int i = 0; isCurrent && i < shards.length; i++) {
            isCurrent = shards[i].version() == keptVersions[i];
        }
        return isCurrent;
    }

    /** Follows what has changed; returns how much there was. */
    int follow(final long nowNs) {
        boolean isQuiet = true;
        for (int i = 0; i < shards.length; i++) {
            versions[i] = shards[i].version();
            isQuiet &= (versions[i] & 1) == 0;
        }
        int changedCount = 0;
        for (final ChangedSeries shard : shards) {
            changedCount += shard.poll(this);
        }
        final boolean isBehind = changedCount > 0 || !stale.isEmpty() || state.dueNs() <= nowNs;
        if (!isBehind && (!isQuiet || isCurrent())) {
            return 0;
        }
        state.begin();
        if (changedCount > 0 && state.hasNew()) {
            state.takeNew(onMember, onRetired);
        }
        while (state.dueNs() <= nowNs) {
            stale.add(state.takeDue());
        }
        stale.refresh(state, nowNs);
        isWhole = stale.isEmpty();
        if (isWhole && isQuiet) {
            System.arraycopy(versions, 0, keptVersions, 0, versions.length);
        }
        state.end();
        return changedCount;
    }

    @Override
    public void changed(final long seriesNumber, final long fromNs, final boolean isLife) {
        stale.addOf(seriesNumber);
    }
}
