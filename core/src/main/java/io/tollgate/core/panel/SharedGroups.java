package io.tollgate.core.panel;

import io.tollgate.api.Group;
import io.tollgate.api.Hierarchy;
import io.tollgate.core.read.LevelReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The groups that are kept up to date and whose series lie in several shards. One thread follows them, that of the
 * first shard; any thread finds them.
 */
public final class SharedGroups {
    private final LevelReader reader;
    private final List<SharedGroup> groups = new ArrayList<>();
    private final Map<Object, SharedGroup> groupsByValue = new ConcurrentHashMap<>();

    /**
     * No groups yet.
     *
     * @param reader of the levels of all shards, for the threads that add groups.
     */
    public SharedGroups(final LevelReader reader) {
        this.reader = reader;
    }

    /** {@return the number of groups and hierarchies; any thread} */
    public int count() {
        return groupsByValue.size();
    }

    /**
     * Whether a group or hierarchy is kept; any thread.
     *
     * @param value the group or the hierarchy.
     * @return true if it is.
     */
    public boolean has(final Object value) {
        return groupsByValue.containsKey(value);
    }

    /** Lets a shard do something on its own thread, and waits for it. */
    @FunctionalInterface
    public interface ShardCall {
        /**
         * Does it.
         *
         * @param shard  its index.
         * @param action what is to be done.
         */
        void run(int shard, Runnable action);
    }

    /**
     * Keeps a group up to date from now on; one that is kept already is not kept twice. Control threads, one at a time.
     *
     * @param group  of series of any shards.
     * @param shards the groups of each shard.
     * @param call   lets a shard do something.
     */
    public void add(final Group group, final List<GroupStates> shards, final ShardCall call) {
        add(group, group, Optional.empty(), shards, call);
    }

    /**
     * Keeps the nodes of a hierarchy up to date from now on; one that is kept already is not kept twice. Control
     * threads, one at a time.
     *
     * @param hierarchy of series of any shards.
     * @param shards    the groups of each shard.
     * @param call      lets a shard do something.
     */
    public void add(final Hierarchy hierarchy, final List<GroupStates> shards, final ShardCall call) {
        add(hierarchy, hierarchy.group(), Optional.of(hierarchy), shards, call);
    }

    private void add(
            final Object value,
            final Group group,
            final Optional<Hierarchy> hierarchy,
            final List<GroupStates> shards,
            final ShardCall call) {
        if (has(value)) {
            return;
        }
        final SharedGroup added = reader.inside(() -> new SharedGroup(group, hierarchy, reader.source()));
        try {
            for (int i = 0; i < shards.size(); i++) {
                final int shard = i;
                call.run(shard, () -> shards.get(shard).follow(added.shard(shard)));
            }
            call.run(0, () -> groups.add(added));
        } catch (final RuntimeException | Error e) {
            unfollowAfter(e, added, shards, call);
            throw e;
        }
        groupsByValue.put(value, added);
    }

    /** Lets shards tell nothing of a group any more, which may not have begun on all; an interrupt is put off. */
    private static void unfollowAfter(
            final Throwable cause, final SharedGroup left, final List<GroupStates> shards, final ShardCall call) {
        final boolean isInterrupted = Thread.interrupted();
        try {
            for (int i = 0; i < shards.size(); i++) {
                final int shard = i;
                call.run(shard, () -> shards.get(shard).unfollow(left.shard(shard)));
            }
        } catch (final RuntimeException | Error e) {
            // The JVM has one error for want of memory ready, and may throw it twice.
            if (e != cause) {
                cause.addSuppressed(e);
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Finds what is kept of a group or hierarchy, empty if it is not; any thread. */
    Optional<GroupState> find(final Object value) {
        return Optional.ofNullable(groupsByValue.get(value)).map(SharedGroup::state);
    }

    /**
     * Follows what has changed. The following thread only.
     *
     * @param nowNs the time.
     * @return how much has changed.
     */
    public int follow(final long nowNs) {
        int changedCount = 0;
        for (int i = 0; i < groups.size(); i++) {
            changedCount += groups.get(i).follow(nowNs);
        }
        return changedCount;
    }
}
