package io.tollgate.core.writer;

import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.agent.EngineState;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.group.ChangedSeries;
import io.tollgate.core.group.GroupStates;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.operation.PanelOperation;
import io.tollgate.core.timeline.PanelTimeline;
import io.tollgate.core.watch.PanelLedger;
import io.tollgate.core.watch.PanelUpdates;
import io.tollgate.core.watch.PolledUpdates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Follows the series of panel watches, evaluates the watches at the end of each duty cycle, and logs them. */
public final class PanelDuty {
    /** The log space of the state of a watch, in operations from the ring. */
    private static final int STATE_SPACE = 16;

    private static final byte[] NO_BODY = {};

    /** A watch, and its changed series. */
    private record Followed(String name, int watch, ChangedSeries series, PanelTimeline timeline, PanelUpdates updates)
            implements ChangedSeries.Follower {
        @Override
        public void changed(final long seriesNumber, final long fromNs) {
            updates.touch(name, watch, seriesNumber, timeline.changed(seriesNumber, fromNs));
        }
    }

    private final EngineState state;
    private final OperationJournal journal;
    private final EngineClock clock;
    private final GroupStates groups;
    private final PanelLedger ledger;
    private final PanelUpdates updates;
    private final PanelUpdates.Journal states = this::logState;
    private final List<Followed> followed = new ArrayList<>();
    private final PanelOperation operation = new PanelOperation();

    PanelDuty(final EngineResources resources, final OperationJournal journal, final EngineState state) {
        this.state = state;
        this.journal = journal;
        clock = resources.clock();
        groups = resources.applier().groups();
        ledger = resources.updates().panels();
        updates = new PanelUpdates(ledger);
    }

    /** {@return the active watches; engine thread} */
    public PanelUpdates updates() {
        return updates;
    }

    /** Evaluates the due watches, and returns their number; engine thread. */
    int evaluate() {
        for (int i = 0; i < followed.size(); i++) {
            followed.get(i).series().poll(followed.get(i));
        }
        return updates.evaluate(clock.now(), journal.sequence() - 1, states, state.isStopRequested());
    }

    /** Returns true if a watch waits for room in a queue, so that the engine must not end yet; engine thread. */
    boolean isHeldBack() {
        return updates.isHeldBack();
    }

    /**
     * Starts watches, and logs their beginning unless it is already logged; engine thread.
     *
     * @param watches with a name not in use.
     * @param timelines of each watch.
     * @param queue   for their events.
     */
    public void begin(final WatchSet watches, final List<PanelTimeline> timelines, final PolledUpdates queue) {
        final String name = watches.name();
        final List<Followed> added = new ArrayList<>();
        for (int watch = 0; watch < timelines.size(); watch++) {
            final WatchedPanel panel = watches.panel(watch);
            final ChangedSeries series = new ChangedSeries(panel.keys(), panel.patterns());
            added.add(new Followed(name, watch, series, timelines.get(watch), updates));
        }
        try {
            added.forEach(watch -> groups.follow(watch.series()));
            if (ledger.text(name).isEmpty()) {
                logBegin(watches, clock.publishedNow() + 1);
            }
            updates.add(watches, timelines);
            // Attached immediately, because restored watches emit the missing events in the next duty cycle.
            queue.attach(updates);
            followed.addAll(added);
        } catch (final RuntimeException | Error e) {
            added.forEach(watch -> groups.unfollow(watch.series()));
            updates.remove(name);
            throw e;
        }
    }

    /** Ends watches, and logs their end; engine thread. Returns false if the name is unknown. */
    public boolean end(final String name) {
        final boolean isThere = ledger.text(name).isPresent();
        if (isThere) {
            journal.requireForCommand("subscription=" + name, PanelOperation.lengthOf(name, 0));
            log(PanelOperation.END, 0, 0, name, NO_BODY, 0);
        }
        final List<Followed> ended =
                followed.stream().filter(watch -> watch.name().equals(name)).toList();
        ended.forEach(watch -> groups.unfollow(watch.series()));
        followed.removeAll(ended);
        updates.remove(name);
        return isThere;
    }

    private void logBegin(final WatchSet watches, final long startNs) {
        final byte[] text = watches.text().getBytes(StandardCharsets.UTF_8);
        journal.requireForCommand(
                "subscription=" + watches.name(), PanelOperation.lengthOf(watches.name(), text.length));
        log(PanelOperation.BEGIN, watches.watches().size(), startNs, watches.name(), text, text.length);
    }

    /** Logs the state of a watch. Returns false if the disk has no room. */
    private boolean logState(final String name, final int watch, final byte[] standing, final int length) {
        final boolean hasSpace = journal.hasSpace(STATE_SPACE);
        if (hasSpace) {
            log(PanelOperation.STATE, watch, 0, name, standing, length);
        }
        return hasSpace;
    }

    private void log(
            final int action,
            final int watch,
            final long startNs,
            final String name,
            final byte[] body,
            final int length) {
        try {
            operation.encode(journal.buffer(), journal.offset(), action, watch, startNs, name, body, length);
        } catch (final RuntimeException e) {
            journal.clear();
            throw e;
        }
        journal.add();
        journal.commit();
    }
}
