package io.tollgate.core.control;

import io.tollgate.api.LimitExceededException;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.core.config.Limits;
import io.tollgate.core.group.GroupStates;
import io.tollgate.core.panel.MemberReader;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.store.KnownHandles;
import io.tollgate.core.writer.EngineWriter;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/** Registers the groups of an engine, and creates their readers. Control threads. */
public record EnginePanels(
        EngineWriter writer, Limits limits, KnownHandles handles, CommandInvoker calls, Supplier<LevelReader> levels) {
    private static final String REGISTER = "register";

    public MemberReader newReader() {
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
            // A group that is already registered needs no room.
            if (!writer.groups().has(value)) {
                requireSpace(group, writer.groups().count());
            }
            registration.accept(writer.groups(), writer.clock().now());
        });
    }

    private void requireSpace(final Group group, final int count) {
        if (count >= limits.maxGroupCount()) {
            throw new LimitExceededException(
                    "members=" + group.members().size() + " patterns="
                            + group.patterns().size() + " groupCount=" + count
                            + ", expected room for one more within maxGroupCount=" + limits.maxGroupCount()
                            + "; raise the limit, or read the group without registering it",
                    "maxGroupCount",
                    limits.maxGroupCount());
        }
    }
}
