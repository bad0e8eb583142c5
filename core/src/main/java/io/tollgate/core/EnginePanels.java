package io.tollgate.core;

import io.tollgate.api.Group;
import io.tollgate.api.Hierarchy;
import io.tollgate.core.panel.GroupStates;
import io.tollgate.core.panel.MemberReader;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.store.KnownHandles;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/** Registers the groups of an engine, and makes readers of them. Control threads. */
final class EnginePanels {
    private static final String REGISTER = "register";

    private final EngineWriter writer;
    private final Limits limits;
    private final KnownHandles handles;
    private final EngineCalls calls;
    private final Supplier<LevelReader> levels;

    EnginePanels(
            final EngineWriter writer,
            final Limits limits,
            final KnownHandles handles,
            final EngineCalls calls,
            final Supplier<LevelReader> levels) {
        this.writer = writer;
        this.limits = limits;
        this.handles = handles;
        this.calls = calls;
        this.levels = levels;
    }

    MemberReader newReader() {
        return new MemberReader(levels.get(), Optional.of(writer.groups()));
    }

    void register(final Group group) {
        register(group, group, (groups, now) -> groups.add(group, now));
    }

    void register(final Hierarchy hierarchy) {
        register(hierarchy, hierarchy.group(), (groups, now) -> groups.add(hierarchy, now));
    }

    private void register(final Object value, final Group group, final ObjLongConsumer<GroupStates> registration) {
        calls.requireOutside(REGISTER);
        calls.requireRunning();
        group.members().forEach(member -> member.series().forEach(handles::requireKnown));
        calls.run(REGISTER, () -> {
            // One that is kept already takes no room.
            if (!writer.groups().has(value)) {
                limits.requireGroupRoom(group, writer.groups().count());
            }
            registration.accept(writer.groups(), writer.resources().clock().now());
        });
    }
}
