package io.tollgate.core.watch;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import io.tollgate.api.watch.UpdateCause;
import io.tollgate.api.watch.WatchSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The watches on panels of an engine, evaluated once a duty cycle by the engine's thread. A watch goes through its
 * course again from the earliest instant that was touched, up to now. Its events are logged first, as a state of the
 * watch, and then put into the queues. If the log has no room, or a queue that must not lose anything is full, the
 * watch stays as it is, and a later cycle evaluates it with all that has changed meanwhile.
 */
public final class PanelUpdates {
    private enum Outcome {
        EVALUATED,
        FULL_QUEUE,
        FULL_LOG
    }

    /** Writes down how a watch stands. */
    @FunctionalInterface
    public interface Journal {
        /**
         * Writes it.
         *
         * @param name   of the watches.
         * @param watch  its index.
         * @param state  how it stands.
         * @param length of that.
         * @return false if there is no room for it.
         */
        boolean write(String name, int watch, byte[] state, int length);
    }

    private final PanelLedger ledger;
    private final List<PanelWatchSet> sets = new ArrayList<>();
    private final UpdateWriter writer = new UpdateWriter();
    private final PanelEvents events = new PanelEvents();
    private final WatchEvaluator run = new WatchEvaluator(events);

    /** The next instant at which time acts on a watch; all of the past if one was touched or could not be evaluated. */
    private long nextNs = WatchTimeline.NEVER;

    private long sequence;
    private boolean isStopping;
    private boolean isHeldBack;

    /**
     * No watches yet.
     *
     * @param ledger of what the log says of them.
     */
    public PanelUpdates(final PanelLedger ledger) {
        this.ledger = ledger;
    }

    /** {@return how many queues are attached and open} */
    public int queueCount() {
        return sets.stream().mapToInt(set -> set.rings().openCount()).sum();
    }

    /**
     * Finds watches that are followed.
     *
     * @param name of them.
     * @return what they are, empty if there are none of that name.
     */
    public Optional<WatchSet> find(final String name) {
        return set(name).map(PanelWatchSet::definition);
    }

    /** {@return the watches that are followed, in the order in which they were made; engine thread} */
    public List<WatchSet> followed() {
        return sets.stream().map(PanelWatchSet::definition).toList();
    }

    private Optional<PanelWatchSet> set(final String name) {
        return sets.stream().filter(set -> set.definition().name().equals(name)).findFirst();
    }

    /**
     * Follows watches that the ledger knows from now on, from where it left them.
     *
     * @param definition of watches that are not followed yet.
     * @param timelines    of each of them.
     */
    public void add(final WatchSet definition, final List<? extends WatchTimeline> timelines) {
        sets.add(new PanelWatchSet(
                definition, timelines, ledger.find(definition.name()).orElseThrow()));
        nextNs = Long.MIN_VALUE;
    }

    /**
     * Follows watches no more.
     *
     * @param name of them.
     */
    public void remove(final String name) {
        sets.removeIf(set -> set.definition().name().equals(name));
        isHeldBack = false;
    }

    /** The number of the last update of watches. */
    long lastNumber(final String name) {
        return set(name).orElseThrow().lastNumber();
    }

    void attach(final String name, final UpdateRing ring) {
        set(name).orElseThrow().rings().add(ring);
    }

    void detach(final String name, final UpdateRing ring) {
        set(name).ifPresent(set -> set.rings().remove(ring));
    }

    /**
     * Says that the course of a watch has changed.
     *
     * @param name         of the watches.
     * @param watch        its index.
     * @param seriesNumber of the series that has changed.
     * @param fromNs       the instant from which on.
     */
    public void touch(final String name, final int watch, final long seriesNumber, final long fromNs) {
        for (int i = 0; i < sets.size(); i++) {
            if (sets.get(i).definition().name().equals(name)) {
                sets.get(i).touch(watch, seriesNumber, fromNs);
                nextNs = Long.MIN_VALUE;
            }
        }
    }

    /**
     * Evaluates all watches that something has touched, or on which time acts.
     *
     * @param nowNs       the time.
     * @param cause       the sequence of the last operation of the duty cycle.
     * @param journal     takes what is to be logged.
     * @param isAtClose   whether nobody polls any more: then only queues that a listener takes from must have room.
     * @return how many watches were evaluated.
     */
    public int evaluate(final long nowNs, final long cause, final Journal journal, final boolean isAtClose) {
        if (nextNs > nowNs) {
            return 0;
        }
        sequence = cause;
        isStopping = isAtClose;
        isHeldBack = false;
        nextNs = WatchTimeline.NEVER;
        int evaluated = 0;
        for (int i = 0; i < sets.size(); i++) {
            final PanelWatchSet set = sets.get(i);
            for (int watch = 0; watch < set.size(); watch++) {
                if (set.isDue(watch, nowNs)) {
                    final Outcome outcome = evaluate(set, watch, nowNs, journal);
                    evaluated += outcome == Outcome.EVALUATED ? 1 : 0;
                    isHeldBack |= outcome == Outcome.FULL_QUEUE;
                }
                nextNs = Math.min(nextNs, set.nextNs(watch));
            }
        }
        return evaluated;
    }

    /** {@return whether a watch waits for room in a queue} */
    public boolean isHeldBack() {
        return isHeldBack;
    }

    private Outcome evaluate(final PanelWatchSet set, final int watch, final long nowNs, final Journal journal) {
        if (set.rings().room(isStopping) == 0) {
            return Outcome.FULL_QUEUE;
        }
        events.clear();
        final WatchTimeline timeline = set.timeline(watch);
        timeline.begin();
        run.watch(timeline, set.condition(watch), set.draft(watch));
        run.run(set.fromNs(watch, nowNs), nowNs);
        if (!set.rings().hasSpace(events.count(), isStopping)) {
            return Outcome.FULL_QUEUE;
        }
        if (events.count() > 0) {
            final int length = set.encodeDraft(events.count());
            if (!journal.write(set.definition().name(), watch, set.encoded(), length)) {
                return Outcome.FULL_LOG;
            }
            publishUpdate(set, watch);
        }
        set.accept(watch);
        return Outcome.EVALUATED;
    }

    private void publishUpdate(final PanelWatchSet set, final int watch) {
        final UpdateCause cause = set.isTouched(watch) ? UpdateCause.BATCH : UpdateCause.TIME;
        writer.cause(cause, sequence, Instants.NONE, Instants.NONE, Publisher.NO_REFERENCE);
        writer.events(set.touchedBy(watch), watch);
        final long firstRevision = set.draftRevision() - events.count() + 1;
        for (int i = 0; i < events.count(); i++) {
            events.put(i, writer, set.rings(), set.nextNumber(), firstRevision + i);
        }
    }
}
