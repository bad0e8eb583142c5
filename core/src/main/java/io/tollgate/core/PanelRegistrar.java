package io.tollgate.core;

import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.Hierarchy;
import io.tollgate.api.StepSeries;
import io.tollgate.core.panel.GroupStates;
import io.tollgate.core.store.ShardStores;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/** Registers groups and hierarchies with the shard that has all of their series. Control threads. */
final class PanelRegistrar {
    private final List<ShardWorker> workers;
    private final ShardStores stores;
    private final EngineCalls calls;
    private final EngineState state;

    PanelRegistrar(
            final List<ShardWorker> workers,
            final ShardStores stores,
            final EngineCalls calls,
            final EngineState state) {
        this.workers = workers;
        this.stores = stores;
        this.calls = calls;
        this.state = state;
    }

    void register(final Group group) {
        register(group, (groups, now) -> groups.add(group, now));
    }

    void register(final Hierarchy hierarchy) {
        register(hierarchy.group(), (groups, now) -> groups.add(hierarchy, now));
    }

    private void register(final Group group, final ObjLongConsumer<GroupStates> registration) {
        if (workers.get(0).agent().isStopped()) {
            throw state.stoppedException();
        }
        final OptionalInt shard = shardOf(group);
        if (shard.isPresent()) {
            final ShardWorker worker = workers.get(shard.getAsInt());
            calls.call(worker, "register", () -> {
                registration.accept(worker.groups(), worker.shard().clock().now());
                return group;
            });
        }
    }

    /** The shard that has all series of a group, now and later; empty if there is none. */
    private OptionalInt shardOf(final Group group) {
        final Set<Integer> shards = new HashSet<>();
        for (final GroupMember member : group.members()) {
            shards.add(shardOf(member.rate()));
            member.weight().ifPresent(series -> shards.add(shardOf(series)));
            member.membership().ifPresent(series -> shards.add(shardOf(series)));
        }
        if (workers.size() == 1) {
            return OptionalInt.of(0);
        }
        final boolean isInOne = group.patterns().isEmpty() && shards.size() == 1;
        return isInOne ? OptionalInt.of(shards.iterator().next()) : OptionalInt.empty();
    }

    private int shardOf(final StepSeries series) {
        return stores.of(series).place().index();
    }
}
