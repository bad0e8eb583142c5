package io.tollgate.core;

import io.tollgate.core.ingest.BatchSlot;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.panel.GroupStates;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.watch.ShardUpdates;
import java.util.function.IntSupplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * The only writer of the store of a shard. Its duty cycle: the clock; what lies on the ring, admitted in frames of
 * bounded size, logged, applied, and published; then the commands of control threads.
 */
final class EngineAgent implements Agent, ControlledMessageHandler {
    private static final String ROLE_NAME = "tollgate-engine";
    private static final int MAX_FRAMES_PER_CYCLE = 16;

    private final ShardPlace place;
    private final String roleName;
    private final ManyToOneRingBuffer ring;
    private final RingPublisher publisher;
    private final EngineState state;
    private final EngineClock clock;
    private final RecordPrefetch prefetch;
    private final PointAdmission admission;
    private final OperationJournal journal;
    private final BatchWork batch;
    private final ShardUpdates updates;
    private final GroupStates groups;
    private final WatchSteps steps;
    private final int drainLimit;
    private final EndWait endWait;
    private final CommandQueue commands;
    private final IdleStrategy fullQueueIdle = new BackoffIdleStrategy();
    /** Made ahead: where it is thrown, neither memory nor stack may be left. */
    private final IllegalStateException brokenOff;
    /** The batch that ends a frame, null where none does. */
    private BatchSlot committed;

    /** Left set by a cycle that did not come to its end, whatever became of saying so. */
    private boolean isInCycle;

    private int taken;
    private boolean isStep;
    private boolean isWaiting;
    private boolean isAtEnd;
    private volatile long appliedPosition;
    /** Up to where that may be told at most. */
    private volatile long tellablePosition = Long.MAX_VALUE;

    private IntSupplier duty = () -> 0;

    EngineAgent(
            final ShardPlace place,
            final ManyToOneRingBuffer ring,
            final RingPublisher publisher,
            final EngineState state,
            final EngineClock clock,
            final RecordPrefetch prefetch,
            final PointAdmission admission,
            final OperationJournal journal,
            final BatchWork batch,
            final ShardUpdates updates,
            final GroupStates groups,
            final WatchSteps steps,
            final int drainLimit,
            final EndWait endWait) {
        this.place = place;
        roleName = place.count() == 1 ? ROLE_NAME : ROLE_NAME + "-" + place.index();
        this.ring = ring;
        this.publisher = publisher;
        this.state = state;
        this.clock = clock;
        this.prefetch = prefetch;
        this.admission = admission;
        this.journal = journal;
        this.batch = batch;
        this.updates = updates;
        this.groups = groups;
        this.steps = steps;
        this.drainLimit = drainLimit;
        this.endWait = endWait;
        commands = new CommandQueue(state);
        brokenOff = new IllegalStateException("engineThread=" + roleName
                + " broken off, expected to work until the engine is closed; close it and open it again");
    }

    /** Gives the agent something more to do in each cycle that does not leave a batch half done; before it starts. */
    void duty(final IntSupplier work) {
        duty = work;
    }

    /** Lets the agent follow watches over many series; before it starts. */
    void follower(final Runnable follower) {
        steps.follower(follower);
    }

    @Override
    public String roleName() {
        return roleName;
    }

    /** What a cycle that was broken off has taken from the ring may be lost: nothing passes that. */
    @Override
    public int doWork() {
        if (isInCycle && !state.isFailed()) {
            fail(brokenOff);
            throw brokenOff;
        }
        if (state.isFailed()) {
            stop();
        }
        if (isStopped()) {
            throw new AgentEnd();
        }
        isInCycle = true;
        final int work = workOrFail();
        isInCycle = false;
        return work;
    }

    private int workOrFail() {
        try {
            journal.requireUsable();
            // Read first: what others had applied when they ended is followed and told before it counts.
            final boolean isLast = isAtEnd && state.haveAllEnded(place.count());
            final int work = (isAtEnd ? tick() : drain() + runCommands()) + (batch.hasBegun() ? 0 : duty.getAsInt());
            if (work == 0 && state.isStopRequested()) {
                tryToEnd(isLast);
            }
            return work;
        } catch (final AgentEnd e) {
            throw e;
        } catch (final RuntimeException e) {
            fail(e);
            throw e;
        } catch (final Exception | Error e) {
            state.fail(brokenOff, e);
            stop();
            throw e;
        }
    }

    /**
     * Ends where nothing is left. Others go by that: what the shard takes no more, they do not wait for. So it takes
     * nothing from then on, neither a point nor a call, also where it goes on until they end: it follows what they
     * change, and tells what comes with the time to which they move the clock.
     */
    private void tryToEnd(final boolean isLast) {
        if (!isAtEnd && hasNothingLeft()) {
            isAtEnd = true;
            state.shardEnded(place.index());
        }
        if (isAtEnd) {
            commands.refuseAll();
            if ((isLast || updates.nextNs() == ShardUpdates.NEVER) && !isDue() && steps.mayEnd(isLast)) {
                isInCycle = false;
                throw new AgentEnd();
            }
        }
    }

    /**
     * Runs the commands whose turn it is: none overtakes a point that was offered before it, nor another command. One
     * that takes long to prepare goes on in the next cycle.
     */
    private int runCommands() {
        if (batch.isPending()) {
            return 0;
        }
        int work = 0;
        EngineCommand<?> command = commands.peek();
        while (command != null && command.ringPosition() <= ring.consumerPosition()) {
            if (!command.isPrepared()) {
                return work + (command.isWaiting() ? 0 : 1);
            }
            steps.beforeCommand();
            command.run();
            // Only now: whatever is thrown before, it is refused.
            commands.poll();
            journal.reserveForCommand(0);
            steps.commandRun();
            journal.requireUsable();
            work++;
            command = commands.peek();
        }
        return work;
    }

    /**
     * Takes what lies on the ring, as much as finds room in queues of updates that must not lose any, and nothing
     * behind a batch before that is done, nor in the same cycle: of batches that never end each cycle would leave one
     * half done, and commands would wait for ever. The end of the ring is padded, so a read may advance without a
     * message.
     */
    private int drain() {
        int work = tick();
        boolean hasEndedBatch = false;
        for (int i = 0; i < MAX_FRAMES_PER_CYCLE && !hasEndedBatch; i++) {
            if (batch.isPending()) {
                work += batch.advance() ? 1 : 0;
                if (batch.isPending()) {
                    break;
                }
                hasEndedBatch = true;
            } else {
                takeFrame();
            }
            work += act();
            clock.publish();
            final long newPosition = ring.consumerPosition();
            if (batch.isPending()) {
                work++;
            } else if (newPosition == appliedPosition) {
                work += isWaiting ? 1 : 0;
                break;
            } else {
                appliedPosition = newPosition;
                work++;
            }
        }
        return work;
    }

    /** Goes on to the time of now. */
    private int tick() {
        clock.tick();
        groups.advanceTo(clock.now());
        return act();
    }

    private void takeFrame() {
        final int limit = admissible();
        admission.begin(limit);
        committed = null;
        taken = 0;
        isStep = false;
        isWaiting = false;
        prefetch.load(ring, limit);
        ring.controlledRead(this, limit);
        journal.commit();
        if (isStep) {
            steps.end();
        }
        if (committed != null) {
            batch.begin(committed);
        }
    }

    /** Lets time act, where what it brings about finds room in queues of updates that must not lose any. */
    private int act() {
        if (!isDue() || admissible() == 0) {
            return 0;
        }
        admission.journalClock();
        journal.commit();
        return 1;
    }

    /** Whether the clock has come to an instant at which it changes something that is watched, and can act. */
    private boolean isDue() {
        return updates.nextNs() <= clock.now() && !batch.isPending() && journal.hasRoom(1);
    }

    private int admissible() {
        return updates.admissible(drainLimit, state.isStopRequested());
    }

    /** Whether nothing is taken from the ring, as a queue of updates is full; engine thread. */
    boolean isHeldBack() {
        return admissible() == 0;
    }

    /** Waits for room in a queue of updates, unless all fails, or it stops and nobody polls; engine thread. */
    boolean awaitRoom(final int round, final boolean isListened) {
        if (state.isFailed() || journal.isLogFailed() || state.isStopRequested() && !isListened) {
            return false;
        }
        fullQueueIdle.idle(round == 0 ? 1 : 0);
        return true;
    }

    /**
     * Whether all that was claimed is taken; a claim that is not committed is given up after a while. Its producer may
     * be about to commit it, and does not notice then: so of nothing from there on it is told that it is applied.
     */
    private boolean isRingEmpty() {
        if (ring.consumerPosition() == ring.producerPosition()) {
            return true;
        }
        if (hasWaitedLong() && ring.unblock()) {
            tellablePosition = Math.min(tellablePosition, appliedPosition);
        }
        return false;
    }

    /** Whether every command is done; one that waits for another shard is taken back after a while. */
    private boolean isNoCommandLeft() {
        final EngineCommand<?> command = commands.peek();
        if (command != null && command.isWaiting() && hasWaitedLong()) {
            command.giveUp(state.stoppedException());
        }
        return command == null;
    }

    private boolean hasWaitedLong() {
        return endWait.isOver(ring.consumerPosition(), commands.peek());
    }

    /** Whether nothing more is to be expected; a batch that not all of its shards will meet any more is given up. */
    private boolean hasNothingLeft() {
        return batch.isPending() ? state.hasEnded(batch.awaitedShards()) : isRingEmpty() && isNoCommandLeft();
    }

    @Override
    public Action onMessage(
            final int messageType, final MutableDirectBuffer buffer, final int index, final int length) {
        if (messageType == RingPublisher.BATCH_MESSAGE && length == Integer.BYTES) {
            committed = batch.committed(place.index(), buffer.getInt(index), index);
            return Action.BREAK;
        }
        if (messageType != RingPublisher.OPERATION_MESSAGE || length != PointOperation.LENGTH) {
            throw RingDamage.ofMessage(place.index(), messageType, length);
        }
        if (steps.isStep(buffer, index)) {
            return takeAlone(buffer, index);
        }
        admission.admit(buffer, index);
        taken++;
        return Action.CONTINUE;
    }

    /** Takes a point in a frame of its own, where it has the turn. */
    private Action takeAlone(final MutableDirectBuffer buffer, final int index) {
        if (taken > 0) {
            return Action.ABORT;
        }
        if (!steps.begin(buffer, index)) {
            isWaiting = !steps.turn().isHeldBack();
            return Action.ABORT;
        }
        // Once more, as what time has brought about may have been logged.
        admission.begin(1);
        admission.admit(buffer, index);
        isStep = true;
        return Action.BREAK;
    }

    /** The engine takes nothing more. */
    private void fail(final RuntimeException cause) {
        state.fail(cause);
        stop();
    }

    @Override
    public void onClose() {
        final boolean isAllTaken = ring.consumerPosition() == ring.producerPosition() && !batch.isPending();
        if (isInCycle || !state.isStopRequested() || !isAtEnd && !isAllTaken) {
            state.fail(brokenOff);
        }
        stop();
    }

    private void stop() {
        publisher.close();
        commands.close();
    }

    /** Hands a command over; any thread. It is run, or refused if the engine has stopped. */
    void submit(final EngineCommand<?> command) {
        command.ringPosition(ring.producerPosition());
        commands.submit(command);
    }

    boolean isStopped() {
        return commands.isClosed();
    }

    /**
     * The position on the ring up to which all is applied or refused, as far as that may be told: behind a claim that
     * was given up at the end, points are applied, too, though nobody is told.
     */
    long appliedPosition() {
        // Read in this order: whoever sees that a claim was passed sees that it was given up before.
        return Math.min(appliedPosition, tellablePosition);
    }

    /** {@return the position on the ring up to which records are claimed} */
    long claimedPosition() {
        return ring.producerPosition();
    }
}
