package io.tollgate.core;

import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.Hierarchy;
import io.tollgate.core.panel.GroupStates;
import io.tollgate.core.panel.MemberReader;
import io.tollgate.core.panel.SharedGroups;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.store.KnownHandles;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/**
 * The groups of an engine: registers them with the shard that has all of their series, or else with those that are
 * followed over all shards, and makes readers of both. Control threads.
 */
final class EnginePanels {
    private static final String REGISTER = "register";

    private final List<ShardWorker> workers;
    private final Limits limits;
    private final KnownHandles handles;
    private final EngineCalls calls;
    private final EngineState state;
    private final Supplier<LevelReader> levels;
    private final SharedGroups shared;
    private final LongSupplier now;

    EnginePanels(
            final List<ShardWorker> workers,
            final Limits limits,
            final KnownHandles handles,
            final EngineCalls calls,
            final EngineState state,
            final Supplier<LevelReader> levels,
            final LongSupplier now) {
        this.workers = workers;
        this.limits = limits;
        this.handles = handles;
        this.calls = calls;
        this.state = state;
        this.levels = levels;
        shared = new SharedGroups(levels.get());
        this.now = now;
    }

    MemberReader newReader() {
        return new MemberReader(levels.get(), groups(), shared);
    }

    private List<GroupStates> groups() {
        return workers.stream().map(ShardWorker::groups).toList();
    }

    void register(final Group group) {
        register(
                group, group, (groups, now) -> groups.add(group, now), groups -> shared.add(group, groups, this::call));
    }

    void register(final Hierarchy hierarchy) {
        register(
                hierarchy,
                hierarchy.group(),
                (groups, now) -> groups.add(hierarchy, now),
                groups -> shared.add(hierarchy, groups, this::call));
    }

    /** Follows groups over several shards; the thread of the first shard only. */
    int follow() {
        return shared.follow(now.getAsLong());
    }

    private void register(
            final Object value,
            final Group group,
            final ObjLongConsumer<GroupStates> registration,
            final Consumer<List<GroupStates>> sharedRegistration) {
        calls.requireOutside(REGISTER);
        registerAlone(value, group, registration, sharedRegistration);
    }

    private synchronized void registerAlone(
            final Object value,
            final Group group,
            final ObjLongConsumer<GroupStates> registration,
            final Consumer<List<GroupStates>> sharedRegistration) {
        if (workers.get(0).agent().isStopped()) {
            throw state.stoppedException();
        }
        final OptionalInt shard = shardOf(group);
        requireRoom(value, group);
        if (shard.isPresent()) {
            final ShardWorker worker = workers.get(shard.getAsInt());
            call(
                    shard.getAsInt(),
                    () -> registration.accept(
                            worker.groups(), worker.shard().clock().now()));
        } else {
            sharedRegistration.accept(groups());
        }
    }

    /** One that is kept already takes no room. */
    private void requireRoom(final Object value, final Group group) {
        final boolean isKept = shared.has(value) || groups().stream().anyMatch(groups -> groups.has(value));
        if (!isKept) {
            final int ofShards = groups().stream().mapToInt(GroupStates::count).sum();
            limits.requireGroupRoom(group, shared.count() + ofShards);
        }
    }

    private void call(final int shard, final Runnable action) {
        calls.call(workers.get(shard), REGISTER, () -> {
            action.run();
            return workers;
        });
    }

    /** The shard that has all series of a group, now and later; empty if there is none. */
    private OptionalInt shardOf(final Group group) {
        final Set<Integer> shards = new HashSet<>();
        for (final GroupMember member : group.members()) {
            member.series().forEach(series -> shards.add(handles.shardOf(series)));
        }
        if (workers.size() == 1) {
            return OptionalInt.of(0);
        }
        final boolean isInOne = group.patterns().isEmpty() && shards.size() == 1;
        return isInOne ? OptionalInt.of(shards.iterator().next()) : OptionalInt.empty();
    }
}
