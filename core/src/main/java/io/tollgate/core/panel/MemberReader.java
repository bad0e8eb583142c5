package io.tollgate.core.panel;

import io.tollgate.api.EffectReading;
import io.tollgate.api.EventStudy;
import io.tollgate.api.EventStudyReading;
import io.tollgate.api.Group;
import io.tollgate.api.GroupReading;
import io.tollgate.api.Instants;
import io.tollgate.api.MetricReader;
import io.tollgate.api.PanelReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.Stack;
import io.tollgate.api.StackReading;
import io.tollgate.api.Window;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.window.WindowBounds;
import java.util.List;

/** Reads groups member by member and stacks layer by layer, as all stood at one moment. One thread at a time. */
public final class MemberReader implements PanelReader {
    private final LevelReader reader;
    private final List<GroupStates> states;
    private final MemberLevels member;
    private final LevelCursor cursor;
    private final GroupQuotients quotients = new GroupQuotients();
    private final WindowBounds bounds = new WindowBounds();

    /**
     * A reader.
     *
     * @param reader of the levels of the members.
     * @param states of the groups that are kept up to date, by shard.
     */
    public MemberReader(final LevelReader reader, final List<GroupStates> states) {
        this.reader = reader;
        this.states = List.copyOf(states);
        member = new MemberLevels(reader.source());
        cursor = reader.source().newCursor();
    }

    @Override
    public GroupReading newReading(final Group group) {
        return new GroupAnswer(group, new GroupScan(group, reader.source(), member), state(group), quotients);
    }

    /** What is kept of a group, null if it is not. */
    private GroupState state(final Group group) {
        for (final GroupStates shard : states) {
            final GroupState state = shard.find(group);
            if (state != null) {
                return state;
            }
        }
        return null;
    }

    @Override
    public EffectReading newEffectReading(final Group group) {
        return new EffectAnswer(group, new EffectScan(group, reader.source(), member), quotients);
    }

    @Override
    public void read(final long atNs, final long knownAtNs, final GroupReading reading) {
        requireInRange(atNs, knownAtNs);
        final GroupAnswer answer = (GroupAnswer) reading;
        requireOwn(answer.isMadeWith(quotients));
        if (knownAtNs == MetricReader.ALL_KNOWN && answer.tryReadState(atNs)) {
            reader.requireOpen();
        } else if (read(answer.scan().levels(), knownAtNs, answer.scan().at(atNs))) {
            answer.at(atNs);
        } else {
            answer.contended(atNs);
        }
    }

    @Override
    public void read(final Window window, final long atNs, final long knownAtNs, final GroupReading reading) {
        requireInRange(atNs, knownAtNs);
        if (window instanceof Window.LastPoints) {
            throw new IllegalArgumentException("window=" + window
                    + ", expected a window of time: the members of a group have no points in common");
        }
        final GroupAnswer answer = (GroupAnswer) reading;
        requireOwn(answer.isMadeWith(quotients));
        reader.resolve(window, atNs, bounds);
        if (read(answer.scan().levels(), knownAtNs, answer.scan().over(bounds.startNs(), atNs))) {
            answer.over(bounds.lengthNs(), atNs);
        } else {
            answer.contended(atNs);
        }
    }

    @Override
    public void readEffects(final long fromNs, final long toNs, final long knownAtNs, final EffectReading reading) {
        requireInRange(fromNs, knownAtNs);
        Instants.requireInRange(toNs);
        final EffectAnswer answer = (EffectAnswer) reading;
        requireOwn(answer.isMadeWith(quotients));
        if (read(answer.scan().levels(), knownAtNs, answer.scan().between(fromNs, toNs))) {
            answer.filled();
        } else {
            answer.contended();
        }
    }

    @Override
    public StackReading newStackReading(final Stack stack) {
        return new StackAnswer(stack, new StackScan(stack, reader.source(), cursor), quotients);
    }

    @Override
    public void readStack(final long entryNs, final long loadedNs, final long knownAtNs, final StackReading reading) {
        requireInRange(entryNs, knownAtNs);
        if (loadedNs != Publisher.NONE) {
            Instants.requireInRange(loadedNs);
        }
        final StackAnswer answer = (StackAnswer) reading;
        requireOwn(answer.isMadeWith(quotients));
        answer.filled(read(answer.scan().levels(), knownAtNs, answer.scan().of(entryNs, loadedNs)));
    }

    @Override
    public EventStudyReading newStudyReading(final EventStudy study) {
        return new StudyAnswer(study, new StudyScan(study, reader.source(), cursor), quotients);
    }

    @Override
    public void readStudy(final long knownAtNs, final EventStudyReading reading) {
        requireInRange(Instants.MIN, knownAtNs);
        final StudyAnswer answer = (StudyAnswer) reading;
        requireOwn(answer.isMadeWith(quotients));
        answer.filled(reader.read(answer.scan().levels(), answer.scan().asKnownAt(knownAtNs)));
    }

    private boolean read(final LevelSet levels, final long knownAtNs, final LevelReader.Attempt attempt) {
        levels.seeAsKnownAt(knownAtNs);
        return reader.read(levels, attempt);
    }

    private static void requireInRange(final long atNs, final long knownAtNs) {
        Instants.requireInRange(atNs);
        if (knownAtNs != MetricReader.ALL_KNOWN) {
            Instants.requireInRange(knownAtNs);
        }
    }

    /** A reading has the scratch memory of the reader that made it, which another thread may be using. */
    private static void requireOwn(final boolean isOwn) {
        if (!isOwn) {
            throw new IllegalArgumentException("reading=that of another reader, expected one that this reader made");
        }
    }
}
