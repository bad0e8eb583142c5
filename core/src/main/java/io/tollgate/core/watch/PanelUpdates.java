package io.tollgate.core.watch;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import io.tollgate.api.watch.UpdateCause;
import io.tollgate.api.watch.WatchSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The watches on panels of an engine, evaluated once a duty cycle by the engine's thread. A watch follows its value
 * again from the earliest touched instant to now. Its events are first logged, as a new state of the watch, and then
 * put into the queues. If the log or a BLOCK queue is full, the watch keeps its state, and a later cycle evaluates it
 * again with all changes until then.
 */
public final class PanelUpdates {
    private enum Outcome {
        EVALUATED,
        FULL_QUEUE,
        FULL_LOG
    }

    /** Logs the state of a watch. */
    @FunctionalInterface
    public interface Journal {
        /**
         * Logs the state of a watch.
         *
         * @param name   of the watches.
         * @param watch  its index.
         * @param state  its state.
         * @param length of the state.
         * @return false if the log is full.
         */
        boolean write(String name, int watch, byte[] state, int length);
    }

    private final PanelLedger ledger;
    private final List<PanelWatchSet> sets = new ArrayList<>();
    private final UpdateWriter writer = new UpdateWriter();
    private final PanelEvents events = new PanelEvents();
    private final WatchEvaluator run = new WatchEvaluator(events);

    /**
     * The next instant at which time changes a watch. Earlier than all instants if a watch was touched or could not be
     * evaluated.
     */
    private long nextNs = WatchTimeline.NEVER;

    private long sequence;
    private boolean isStopping;
    private boolean isHeldBack;

    /**
     * Creates an object without watches.
     *
     * @param ledger the logged state of the watches.
     */
    public PanelUpdates(final PanelLedger ledger) {
        this.ledger = ledger;
    }

    /** {@return the number of attached open queues} */
    public int queueCount() {
        return sets.stream().mapToInt(set -> set.rings().openCount()).sum();
    }

    /**
     * Finds followed watches.
     *
     * @param name of the watches.
     * @return their definition, empty if there are none of that name.
     */
    public Optional<WatchSet> find(final String name) {
        return set(name).map(PanelWatchSet::definition);
    }

    /** {@return the followed watches, in the order of their creation; engine thread} */
    public List<WatchSet> followed() {
        return sets.stream().map(PanelWatchSet::definition).toList();
    }

    private Optional<PanelWatchSet> set(final String name) {
        return sets.stream().filter(set -> set.definition().name().equals(name)).findFirst();
    }

    /**
     * Follows watches of the ledger from now on, starting at their logged state.
     *
     * @param definition of watches that are not followed yet.
     * @param timelines  the value of each watch through time.
     */
    public void add(final WatchSet definition, final List<? extends WatchTimeline> timelines) {
        sets.add(new PanelWatchSet(
                definition, timelines, ledger.find(definition.name()).orElseThrow()));
        nextNs = Long.MIN_VALUE;
    }

    /**
     * Stops following watches.
     *
     * @param name of the watches.
     */
    public void remove(final String name) {
        sets.removeIf(set -> set.definition().name().equals(name));
        isHeldBack = false;
    }

    /** Returns the number of the last update of watches. */
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
     * Records a change of the value of a watch.
     *
     * @param name         of the watches.
     * @param watch        its index.
     * @param seriesNumber of the series that has changed.
     * @param fromNs       the start of the change.
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
     * Evaluates all watches that were touched or are due.
     *
     * @param nowNs       the time.
     * @param cause       the sequence of the last operation of the duty cycle.
     * @param journal     logs the new states.
     * @param isAtClose   true if no thread polls any more; then only queues with a listener must have space.
     * @return the number of evaluated watches.
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

    /** {@return true if a watch waits for space in a queue} */
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
