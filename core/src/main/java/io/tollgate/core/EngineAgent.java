package io.tollgate.core;

import io.tollgate.core.ingest.RingPublisher;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * The only writer of the store. Its duty cycle: the clock; what lies on the ring, admitted in frames of bounded size,
 * logged, applied, and published; then the commands of control threads.
 */
final class EngineAgent implements Agent, MessageHandler {
    private static final int MAX_FRAMES_PER_CYCLE = 16;

    private final ManyToOneRingBuffer ring;
    private final RingPublisher publisher;
    private final EngineClock clock;
    private final PointAdmission admission;
    private final OperationJournal journal;
    private final int drainLimit;
    private final ManyToOneConcurrentLinkedQueue<EngineCommand<?>> commands = new ManyToOneConcurrentLinkedQueue<>();
    private volatile long appliedTicket;
    private volatile boolean isStopRequested;
    private volatile boolean isStopped;
    private volatile RuntimeException failure;

    EngineAgent(
            final ManyToOneRingBuffer ring,
            final RingPublisher publisher,
            final EngineClock clock,
            final PointAdmission admission,
            final OperationJournal journal,
            final int drainLimit) {
        this.ring = ring;
        this.publisher = publisher;
        this.clock = clock;
        this.admission = admission;
        this.journal = journal;
        this.drainLimit = drainLimit;
    }

    @Override
    public String roleName() {
        return "tollgate-engine";
    }

    @Override
    public int doWork() {
        try {
            final int work = drain() + runCommands();
            if (work == 0 && isStopRequested) {
                throw new AgentTerminationException("engine closed");
            }
            return work;
        } catch (final AgentTerminationException e) {
            throw e;
        } catch (final RuntimeException e) {
            fail(e);
            throw e;
        } catch (final Error e) {
            fail(new IllegalStateException("engine failed: " + e, e));
            throw e;
        }
    }

    /** Runs the commands whose turn it is: none overtakes a point that was offered before it. */
    private int runCommands() {
        int work = 0;
        EngineCommand<?> command = commands.peek();
        while (command != null && command.ringPosition() <= ring.consumerPosition()) {
            commands.poll();
            command.run();
            work++;
            command = commands.peek();
        }
        return work;
    }

    private int drain() {
        clock.tick();
        int work = 0;
        for (int i = 0; i < MAX_FRAMES_PER_CYCLE; i++) {
            admission.begin(drainLimit);
            final int read = ring.read(this, drainLimit);
            if (read == 0) {
                break;
            }
            journal.commit();
            clock.publish();
            appliedTicket = ring.consumerPosition();
            work += read;
        }
        clock.publish();
        return work;
    }

    @Override
    public void onMessage(final int messageType, final MutableDirectBuffer buffer, final int index, final int length) {
        admission.admit(buffer, index);
    }

    /** The engine takes nothing more: what is in the store and in the log stays as it is. */
    private void fail(final RuntimeException cause) {
        publisher.close();
        failure = cause;
        stop();
    }

    @Override
    public void onClose() {
        stop();
    }

    private void stop() {
        isStopped = true;
        refuseCommands();
    }

    /** Hands a command over; any thread. It is run, or refused if the engine has stopped. */
    void submit(final EngineCommand<?> command) {
        command.ringPosition(ring.producerPosition());
        commands.offer(command);
        if (isStopped) {
            refuseCommands();
        }
    }

    private synchronized void refuseCommands() {
        EngineCommand<?> command = commands.poll();
        while (command != null) {
            command.refuse(stoppedException());
            command = commands.poll();
        }
    }

    /** Asks the agent to apply what lies on the ring, and to end. */
    void requestStop() {
        isStopRequested = true;
    }

    boolean isStopped() {
        return isStopped;
    }

    boolean isFailed() {
        return failure != null;
    }

    long appliedTicket() {
        return appliedTicket;
    }

    /** Why nothing more is done. */
    IllegalStateException stoppedException() {
        return failure == null
                ? new IllegalStateException("engine=closed, expected open; open it again")
                : new IllegalStateException("engine=failed, expected open; close it and open it again", failure);
    }
}
