package io.tollgate.core.writer;

import io.tollgate.api.Outcome;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.admit.BatchWork;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.admit.PointAdmission;
import io.tollgate.core.admit.RecordPrefetch;
import io.tollgate.core.admit.RingDamage;
import io.tollgate.core.agent.AgentTermination;
import io.tollgate.core.agent.EngineState;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.event.EngineEvents;
import io.tollgate.core.event.SlowStepEvent;
import io.tollgate.core.group.GroupStates;
import io.tollgate.core.ingest.BatchSlot;
import io.tollgate.core.ingest.IntakeGate;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.ingest.RingTickets;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.watch.EngineUpdates;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * The single writer of the store of an engine. One duty cycle advances the clock, and then drains the ring: records are
 * admitted in frames of bounded size, logged, applied and published. Then it runs the commands of control threads, and
 * evaluates the panel watches.
 */
public final class EngineAgent implements Agent, ControlledMessageHandler {
    private static final String ROLE_NAME = "tollgate-engine";
    private static final int MAX_FRAMES_PER_CYCLE = 16;

    /** The source of points: the ring and its gate. */
    record PointSource(ManyToOneRingBuffer ring, IntakeGate gate, RecordPrefetch prefetch) {}

    /** The destination of points: admission of single points and of batches. */
    record Admission(PointAdmission points, BatchWork batches) {}

    private final PointSource intake;
    private final ManyToOneRingBuffer ring;
    private final EngineState state;
    private final EngineClock clock;
    private final PointAdmission admission;
    private final BatchWork batches;
    private final OperationJournal journal;
    private final EngineUpdates updates;
    private final GroupStates groups;
    private final PanelDuty panels;
    private final int drainLimit;
    private final ShutdownTimeout endWait;
    private final CommandQueue commands;
    private final IdleStrategy fullQueueIdle = new BackoffIdleStrategy();
    private final SlowStepEvent stepEvent = EngineEvents.slowStep();

    /** True if a recording takes slow steps. Each duty cycle sets it, so a point applied at once reads a field only. */
    private boolean isStepTimed;

    /** The batch at the end of the current frame, null if there is none. */
    private BatchSlot committed;

    private long committedTicket;

    /** The consumer position on the ring before the frame. */
    private long frameBegin;

    private boolean isAtEnd;
    private volatile long appliedPosition;
    /** Upper bound of the appliedPosition reported to callers. */
    private volatile long ackLimit = Long.MAX_VALUE;

    EngineAgent(
            final EngineOptions context,
            final EngineState state,
            final EngineResources resources,
            final OperationJournal journal,
            final PointSource intake,
            final Admission admitting,
            final PanelDuty panels) {
        this.intake = intake;
        ring = intake.ring();
        this.state = state;
        clock = resources.clock();
        updates = resources.updates();
        groups = resources.applier().groups();
        admission = admitting.points();
        batches = admitting.batches();
        this.journal = journal;
        this.panels = panels;
        drainLimit = context.limits().drainLimit();
        endWait = new ShutdownTimeout(context.nanoClock());
        commands = new CommandQueue(state);
    }

    @Override
    public String roleName() {
        return ROLE_NAME;
    }

    /** An exception fails the engine, because records already consumed from the ring may be lost. */
    @Override
    public int doWork() {
        if (state.isFailed()) {
            stop();
        }
        if (isStopped()) {
            throw new AgentTermination();
        }
        isStepTimed = stepEvent != null && stepEvent.tryBegin();
        try {
            journal.requireUsable();
            final int work = (isAtEnd ? advanceClock() : drain() + runCommands()) + panels.evaluate();
            if (isStepTimed) {
                stepEvent.end(work, ring.size());
            }
            if (work == 0 && state.isStopRequested()) {
                tryToEnd();
            }
            return work;
        } catch (final AgentTermination e) {
            throw e;
        } catch (final Throwable e) {
            state.fail(e);
            stop();
            throw e;
        }
    }

    /**
     * Ends the agent if the ring and the command queue are empty. From then on points and calls are refused, even if
     * the agent continues until a listener has made room for pending updates.
     */
    private void tryToEnd() {
        isAtEnd |= isRingEmpty() && commands.peek() == null;
        if (isAtEnd) {
            commands.refuseAll();
            if (!isDue() && !panels.isHeldBack()) {
                throw new AgentTermination();
            }
        }
    }

    /**
     * Runs the commands that are due. A command never overtakes an earlier point or command. A command that needs more
     * preparation continues in the next cycle.
     */
    private int runCommands() {
        int work = 0;
        EngineCommand<?> command = commands.peek();
        while (command != null && command.ringPosition() <= ring.consumerPosition()) {
            if (!command.isPrepared()) {
                return work + 1;
            }
            command.run();
            // Removed only after the run: if the run throws, closing the queue refuses the command.
            commands.poll();
            journal.reserveForCommand(0);
            journal.requireUsable();
            work++;
            command = commands.peek();
        }
        return work;
    }

    /**
     * Drains the ring as far as BLOCK queues of updates have room. The end of the ring is padded, so a read may advance
     * without a message.
     */
    private int drain() {
        int work = advanceClock();
        for (int i = 0; i < MAX_FRAMES_PER_CYCLE; i++) {
            readFrame();
            work += fireTimers();
            clock.publish();
            final long newPosition = ring.consumerPosition();
            if (newPosition == appliedPosition) {
                return work;
            }
            appliedPosition = newPosition;
            work++;
        }
        return work;
    }

    /** Advances the engine clock to the current time. */
    private int advanceClock() {
        clock.tick();
        groups.advanceTo(clock.now());
        return fireTimers();
    }

    private void readFrame() {
        final int limit = admission.beginFrame(admissible());
        committed = null;
        frameBegin = ring.consumerPosition();
        intake.prefetch().load(ring, limit);
        ring.controlledRead(this, limit);
        journal.commit();
        if (committed != null) {
            batches.take(committed, committedTicket);
        }
    }

    /** Returns true if all offered points are applied, all commands have run, and all queues have room for a point. */
    public boolean isReady() {
        return ring.consumerPosition() == ring.producerPosition() && commands.peek() == null && !isHeldBack();
    }

    /**
     * Applies one point that does not come from the ring, like a duty cycle. For the thread that steps the engine, if
     * it {@linkplain #isReady() is ready}.
     */
    public Outcome apply(
            final int type,
            final long seriesNumber,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        final boolean isTimed = isStepTimed && stepEvent.tryBegin();
        try {
            journal.requireUsable();
            advanceClock();
            admission.beginFrame(1);
            final long changesBefore = journal.changeCount();
            final RefusalReason refusal =
                    admission.admit(type, seriesNumber, validTimeNs, value, knowledgeTimeNs, reference);
            journal.commit();
            fireTimers();
            clock.publish();
            panels.evaluate();
            if (isTimed) {
                stepEvent.end(1, ring.size());
            }
            if (refusal != null) {
                return Outcome.refused(refusal);
            }
            return journal.changeCount() == changesBefore ? Outcome.UNCHANGED : Outcome.APPLIED;
        } catch (final Throwable e) {
            state.fail(e);
            stop();
            throw e;
        }
    }

    /** Fires due timers, unless a BLOCK queue of updates is full. */
    private int fireTimers() {
        if (!isDue() || admissible() == 0) {
            return 0;
        }
        admission.journalClock();
        journal.commit();
        return 1;
    }

    /** Returns true if the clock has reached the next timer of a subscription, and the log has room for it. */
    private boolean isDue() {
        return updates.nextNs() <= clock.now() && journal.hasSpace(1);
    }

    private int admissible() {
        return updates.admissible(drainLimit, state.isStopRequested());
    }

    /** Returns true if the ring is not drained because a queue of updates is full; engine thread. */
    public boolean isHeldBack() {
        return admissible() == 0;
    }

    /**
     * Waits for room in a queue of updates. Returns false if the engine has failed, or it is stopping and no thread
     * polls the queue; engine thread.
     */
    public boolean awaitSpace(final int round, final boolean isListened) {
        if (state.isFailed() || journal.isLogFailed() || state.isStopRequested() && !isListened) {
            return false;
        }
        fullQueueIdle.idle(round == 0 ? 1 : 0);
        return true;
    }

    /**
     * Returns true if all claimed records are consumed. A claim that is not committed is unblocked after a timeout. Its
     * producer may still commit it and does not notice, so positions after it are not reported as applied.
     */
    private boolean isRingEmpty() {
        if (ring.consumerPosition() == ring.producerPosition()) {
            return true;
        }
        if (endWait.isOver(ring.consumerPosition()) && ring.unblock()) {
            ackLimit = Math.min(ackLimit, appliedPosition);
        }
        return false;
    }

    @Override
    public Action onMessage(
            final int messageType, final MutableDirectBuffer buffer, final int index, final int length) {
        if (messageType == RingPublisher.BATCH_MESSAGE && length == Integer.BYTES) {
            committed = batches.committed(buffer.getInt(index), index);
            committedTicket = RingTickets.ofMessage(ring, frameBegin, index, length);
            return Action.BREAK;
        }
        if (messageType != RingPublisher.OPERATION_MESSAGE || length != PointOperation.LENGTH) {
            throw RingDamage.ofMessage(messageType, length);
        }
        admission.admit(buffer, index, RingTickets.ofMessage(ring, frameBegin, index, length));
        return Action.CONTINUE;
    }

    @Override
    public void onClose() {
        stop();
    }

    private void stop() {
        intake.gate().close();
        commands.close();
    }

    /** Submits a command; any thread. It is run, or refused if the engine has stopped. */
    public void submit(final EngineCommand<?> command) {
        command.ringPosition(ring.producerPosition());
        commands.submit(command);
    }

    public boolean isStopped() {
        return commands.isClosed();
    }

    /**
     * Returns the reported position on the ring up to which all records are applied or refused. Points after an
     * unblocked claim may be applied, but the reported position stays before it.
     */
    public long appliedPosition() {
        // The order of the two reads matters: a thread that sees a position after an unblocked claim must also see the
        // bound.
        return Math.min(appliedPosition, ackLimit);
    }

    /** {@return the position on the ring up to which records are claimed} */
    public long claimedPosition() {
        return ring.producerPosition();
    }
}
