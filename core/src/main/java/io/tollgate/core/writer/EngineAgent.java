package io.tollgate.core.writer;

import io.tollgate.api.Outcome;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.admit.BatchWork;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.admit.PointAdmission;
import io.tollgate.core.admit.RecordPrefetch;
import io.tollgate.core.admit.RingDamage;
import io.tollgate.core.admit.TicketOutcomes;
import io.tollgate.core.agent.AgentTermination;
import io.tollgate.core.agent.EngineState;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.group.GroupStates;
import io.tollgate.core.ingest.BatchSlot;
import io.tollgate.core.ingest.IntakeGate;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.ingest.RingTickets;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.watch.EngineUpdates;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * The only writer of an engine's store. Its duty cycle: the clock; what lies on the ring, admitted in frames of bounded
 * size, logged, applied, and published; the commands of control threads; then the watches over several series.
 */
public final class EngineAgent implements Agent, ControlledMessageHandler {
    private static final String ROLE_NAME = "tollgate-engine";
    private static final int MAX_FRAMES_PER_CYCLE = 16;

    /** The source of points: the ring, and the gate before it. */
    record PointSource(ManyToOneRingBuffer ring, IntakeGate gate, RecordPrefetch prefetch) {}

    /** The destination of points: admission one by one, and in batches. */
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

    /** The batch that ends a frame, null where none does. */
    private BatchSlot committed;

    /** A point that does not come over the ring. */
    private final UnsafeBuffer direct = new UnsafeBuffer(new byte[PointOperation.LENGTH]);

    private long committedTicket;

    /** The consumer's position on the ring before the frame. */
    private long frameBegin;

    private boolean isAtEnd;
    private volatile long appliedPosition;
    /** Up to where that may be told at most. */
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

    /** Whatever a cycle throws fails the engine: records that the cycle has taken from the ring may be lost. */
    @Override
    public int doWork() {
        if (state.isFailed()) {
            stop();
        }
        if (isStopped()) {
            throw new AgentTermination();
        }
        try {
            journal.requireUsable();
            final int work = (isAtEnd ? advanceClock() : drain() + runCommands()) + panels.evaluate();
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
     * Ends where nothing is left. From then on neither a point nor a call is taken, also where the agent goes on until
     * a listener has made room for what is to be told.
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
     * Runs the commands whose turn it is: none overtakes a point that was offered before it, nor another command. One
     * that takes long to prepare goes on in the next cycle.
     */
    private int runCommands() {
        int work = 0;
        EngineCommand<?> command = commands.peek();
        while (command != null && command.ringPosition() <= ring.consumerPosition()) {
            if (!command.isPrepared()) {
                return work + 1;
            }
            command.run();
            // Only now: whatever is thrown before, it is refused.
            commands.poll();
            journal.reserveForCommand(0);
            journal.requireUsable();
            work++;
            command = commands.peek();
        }
        return work;
    }

    /**
     * Takes what lies on the ring, as much as finds room in queues of updates that must not lose any. The end of the
     * ring is padded, so a read may advance without a message.
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

    /** Goes on to the time of now. */
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

    /** Returns true if all that was offered is applied, all commands are run, and a point finds room in all queues. */
    public boolean isReady() {
        return ring.consumerPosition() == ring.producerPosition() && commands.peek() == null && !isHeldBack();
    }

    /**
     * Applies one point that does not come over the ring, as a duty cycle would. On the thread that steps the engine,
     * when it {@linkplain #isReady() is ready}.
     */
    public Outcome apply(
            final int type,
            final long seriesNumber,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        try {
            journal.requireUsable();
            advanceClock();
            admission.beginFrame(1);
            PointOperation.put(
                    direct,
                    0,
                    type,
                    OperationDescriptor.NO_BATCH,
                    seriesNumber,
                    validTimeNs,
                    value,
                    knowledgeTimeNs,
                    reference);
            final long changesBefore = journal.changeCount();
            final RefusalReason refusal = admission.admit(direct, 0, TicketOutcomes.NO_TICKET);
            journal.commit();
            fireTimers();
            clock.publish();
            panels.evaluate();
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

    /** Lets time act, where what it brings about finds room in queues of updates that must not lose any. */
    private int fireTimers() {
        if (!isDue() || admissible() == 0) {
            return 0;
        }
        admission.journalClock();
        journal.commit();
        return 1;
    }

    /** Whether the clock has come to an instant at which it changes something that is watched, and can act. */
    private boolean isDue() {
        return updates.nextNs() <= clock.now() && journal.hasSpace(1);
    }

    private int admissible() {
        return updates.admissible(drainLimit, state.isStopRequested());
    }

    /** Whether nothing is taken from the ring, as a queue of updates is full; engine thread. */
    public boolean isHeldBack() {
        return admissible() == 0;
    }

    /** Waits for room in a queue of updates, unless all fails, or it stops and nobody polls; engine thread. */
    public boolean awaitSpace(final int round, final boolean isListened) {
        if (state.isFailed() || journal.isLogFailed() || state.isStopRequested() && !isListened) {
            return false;
        }
        fullQueueIdle.idle(round == 0 ? 1 : 0);
        return true;
    }

    /**
     * Whether all that was claimed is taken; a claim that is not committed is given up after a while. Its producer may
     * be about to commit it, and does not notice then: so nothing from there on is told to be applied.
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

    /** Hands a command over; any thread. It is run, or refused if the engine has stopped. */
    public void submit(final EngineCommand<?> command) {
        command.ringPosition(ring.producerPosition());
        commands.submit(command);
    }

    public boolean isStopped() {
        return commands.isClosed();
    }

    /**
     * The position on the ring up to which all is applied or refused, as far as that may be told: behind a claim that
     * was given up at the end, points are applied, too, though nobody is told.
     */
    public long appliedPosition() {
        // Read in this order: whoever sees that a claim was passed sees that it was given up before.
        return Math.min(appliedPosition, ackLimit);
    }

    /** {@return the position on the ring up to which records are claimed} */
    public long claimedPosition() {
        return ring.producerPosition();
    }
}
