package io.tollgate.core.watch;

import io.tollgate.api.PanelWatches;
import io.tollgate.api.Publisher;
import io.tollgate.api.UpdateCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The watches on panels of an engine. All that changes is told here, and followed in the duty cycle of one thread,
 * that of the first shard: each watch goes through its course again from the earliest instant that was touched; what it
 * has to tell is logged first, as a state of the watch, and then put into the queues. A course that another shard
 * changes meanwhile is followed in a later cycle; so is a watch whose queue must not lose anything and is full. If that
 * fails for many cycles, or at once if the log has no room, the watch is left behind: nothing waits for it any more,
 * and it is followed when it can be, with all that has changed meanwhile as one cause. At a close there is no later: a
 * watch that only finds no room in the queue of a listener is waited for then.
 */
public final class PanelUpdates {
    /** A course that always changes meanwhile is told all the same after so many cycles. */
    private static final int MAX_DEFERRALS = 64;

    /** What cannot be followed so often is left behind. */
    private static final int MAX_FAILURES = 64;

    private enum Outcome {
        FOLLOWED,
        NOT_READ,
        FULL_QUEUE,
        FULL_LOG
    }

    /** Writes down how a watch stands. */
    @FunctionalInterface
    public interface Journal {
        /** Instead of a sequence: there is no room for the moment. */
        long FULL = 0;

        /**
         * Writes it.
         *
         * @param name   of the watches.
         * @param watch  its index.
         * @param state  how it stands.
         * @param length of that.
         * @return the sequence of the operation, FULL if there is no room for it.
         */
        long write(String name, int watch, byte[] state, int length);
    }

    private final PanelLedger ledger;
    private final List<PanelWatchSet> sets = new ArrayList<>();
    private final UpdateWriter writer = new UpdateWriter();
    private final PanelEvents events = new PanelEvents();
    private final WatchRun run = new WatchRun(events);
    private AppliedChange followedChange = AppliedChange.NONE;
    private boolean isStopping;
    private int leftCount;

    /** Whether room for something that was left behind is waited for after all. */
    private boolean isRoomAwaited;

    /**
     * No watches yet.
     *
     * @param ledger of what the log says of them.
     */
    public PanelUpdates(final PanelLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Says what is to be done while a queue that must not lose anything is full.
     *
     * @param fullQueueWait waits.
     */
    public void fullQueueWait(final FullQueueWait fullQueueWait) {
        writer.fullQueueWait(fullQueueWait);
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
    public Optional<PanelWatches> find(final String name) {
        return set(name).map(PanelWatchSet::definition);
    }

    private Optional<PanelWatchSet> set(final String name) {
        return sets.stream().filter(set -> set.definition().name().equals(name)).findFirst();
    }

    /**
     * Follows watches that the ledger knows from now on, from where it left them.
     *
     * @param definition of watches that are not followed yet.
     * @param courses    of each of them.
     */
    public void add(final PanelWatches definition, final List<WatchedCourse> courses) {
        sets.add(new PanelWatchSet(
                definition, courses, ledger.find(definition.name()).orElseThrow()));
    }

    /**
     * Follows watches no more.
     *
     * @param name of them.
     */
    public void remove(final String name) {
        sets.removeIf(set -> set.definition().name().equals(name));
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
     * @param lifeNs       the end of its life that became known; NONE if none did.
     */
    public void touch(
            final String name, final int watch, final long seriesNumber, final long fromNs, final long lifeNs) {
        for (int i = 0; i < sets.size(); i++) {
            if (sets.get(i).definition().name().equals(name)) {
                sets.get(i).touch(watch, seriesNumber, fromNs, lifeNs);
            }
        }
    }

    /**
     * Follows what has changed, and what time alone changes, but for what was left behind.
     *
     * @param nowNs      the time.
     * @param change     that is followed, {@link AppliedChange#NONE} if it is none of one point.
     * @param journal    takes what is to be logged.
     * @param isAtClose  whether nobody polls any more: then only queues that a listener takes from must have room.
     * @return how many watches were followed.
     */
    public int follow(final long nowNs, final AppliedChange change, final Journal journal, final boolean isAtClose) {
        followedChange = change;
        return followAll(false, nowNs, journal, isAtClose);
    }

    /**
     * Follows what was left behind, with all that has changed since.
     *
     * @param nowNs      the time.
     * @param journal    takes what is to be logged.
     * @param isAtClose  whether nobody polls any more: then only queues that a listener takes from must have room.
     * @return how many watches were followed.
     */
    public int followLeft(final long nowNs, final Journal journal, final boolean isAtClose) {
        followedChange = AppliedChange.NONE;
        isRoomAwaited = false;
        return followAll(true, nowNs, journal, isAtClose);
    }

    private int followAll(final boolean isLeft, final long nowNs, final Journal journal, final boolean isAtClose) {
        isStopping = isAtClose;
        int followed = 0;
        int left = 0;
        for (int i = 0; i < sets.size(); i++) {
            final PanelWatchSet set = sets.get(i);
            for (int watch = 0; watch < set.size(); watch++) {
                if (set.isLeft(watch) == isLeft
                        && set.isToBeFollowed(watch, nowNs)
                        && tryToFollow(set, watch, nowNs, journal)) {
                    followed++;
                }
                left += set.isLeft(watch) ? 1 : 0;
            }
        }
        leftCount = left;
        return followed;
    }

    private boolean tryToFollow(final PanelWatchSet set, final int watch, final long nowNs, final Journal journal) {
        final Outcome outcome = follow(set, watch, nowNs, journal);
        if (outcome == Outcome.FULL_QUEUE && isStopping) {
            isRoomAwaited |= set.isLeft(watch);
        } else if (outcome == Outcome.FULL_LOG || outcome != Outcome.FOLLOWED && set.fail(watch) >= MAX_FAILURES) {
            set.leave(watch);
        }
        return outcome == Outcome.FOLLOWED;
    }

    /**
     * Whether something could not be followed that is not left behind, or is waited for all the same.
     *
     * @param nowNs the time.
     * @return true if it is to be tried again, before anything else changes.
     */
    public boolean isBehind(final long nowNs) {
        if (isRoomAwaited && hasLeft()) {
            return true;
        }
        for (int i = 0; i < sets.size(); i++) {
            for (int watch = 0; watch < sets.get(i).size(); watch++) {
                if (!sets.get(i).isLeft(watch) && sets.get(i).isToBeFollowed(watch, nowNs)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@return whether a watch was left behind} */
    public boolean hasLeft() {
        return leftCount > 0;
    }

    /** {@return the next instant at which time acts on what is not left behind, the largest long if there is none} */
    public long nextNs() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < sets.size(); i++) {
            for (int watch = 0; watch < sets.get(i).size(); watch++) {
                if (!sets.get(i).isLeft(watch)) {
                    next = Math.min(next, sets.get(i).nextNs(watch));
                }
            }
        }
        return next;
    }

    private Outcome follow(final PanelWatchSet set, final int watch, final long nowNs, final Journal journal) {
        if (set.rings().room(isStopping) == 0) {
            return Outcome.FULL_QUEUE;
        }
        events.clear();
        final WatchedCourse course = set.course(watch);
        course.begin();
        run.watch(course, set.definition().watches().get(watch), set.draft(watch), PanelWatchSet.DRAFT);
        final boolean isRead = run.run(set.fromNs(watch, nowNs), nowNs);
        if (!isRead || !course.isStill() && set.defer(watch) < MAX_DEFERRALS) {
            return Outcome.NOT_READ;
        }
        if (!set.rings().hasRoom(events.count(), isStopping)) {
            return Outcome.FULL_QUEUE;
        }
        if (events.count() > 0) {
            final int length = set.encodeDraft(events.count());
            final long sequence = journal.write(set.definition().name(), watch, set.encoded(), length);
            if (sequence == Journal.FULL) {
                return Outcome.FULL_LOG;
            }
            tell(set, watch, sequence);
        }
        set.accept(watch);
        return Outcome.FOLLOWED;
    }

    /** Whether what is followed is all that has touched a watch: that may be new, or a series that it rests on. */
    private boolean isCause(final PanelWatchSet set, final int watch) {
        return followedChange.cause() == UpdateCause.BATCH
                || set.touchedCount(watch) == 1 && set.touchedBy(watch) == followedChange.seriesNumber();
    }

    private void tellCause(final PanelWatchSet set, final int watch, final long sequence) {
        final int count = set.touchedCount(watch);
        if (count == 0) {
            writer.cause(UpdateCause.TIME, sequence, Publisher.NONE, Publisher.NONE, Publisher.NONE);
            writer.events(Publisher.NONE, watch);
        } else if (!isCause(set, watch)) {
            tellCauseOutsideTurns(set, watch, sequence);
        } else {
            writer.cause(
                    followedChange.cause(),
                    sequence,
                    followedChange.validTimeNs(),
                    followedChange.knowledgeTimeNs(),
                    followedChange.reference());
            writer.events(followedChange.seriesNumber(), watch);
        }
    }

    private void tellCauseOutsideTurns(final PanelWatchSet set, final int watch, final long sequence) {
        UpdateCause cause = UpdateCause.BATCH;
        long seriesNumber = Publisher.NONE;
        long validTimeNs = Publisher.NONE;
        if (set.touchedCount(watch) == 1) {
            final boolean isClosing = !set.isLeft(watch) && set.touchedLifeNs(watch) != Publisher.NONE;
            cause = isClosing ? UpdateCause.CLOSING : UpdateCause.POINT;
            seriesNumber = set.touchedBy(watch);
            // Of points that were missed it is not known which it was.
            validTimeNs = isClosing ? set.touchedLifeNs(watch) : Publisher.NONE;
        }
        writer.cause(cause, sequence, validTimeNs, Publisher.NONE, Publisher.NONE);
        writer.events(seriesNumber, watch);
    }

    private void tell(final PanelWatchSet set, final int watch, final long sequence) {
        tellCause(set, watch, sequence);
        final long firstRevision = set.draftRevision() - events.count() + 1;
        for (int i = 0; i < events.count(); i++) {
            writer.event(events.type(i), events.instantNs(i));
            writer.tell(
                    set.rings(),
                    set.nextNumber(),
                    firstRevision + i,
                    events.oldStatus(i),
                    events.oldValue(i),
                    events.newStatus(i),
                    events.newValue(i));
        }
    }
}
