package io.tollgate.core;

import io.tollgate.core.store.OpenStores;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lets shards do something for control threads, which wait for it, or work the engine where it is stepped. */
final class EngineCalls {
    private static final int SPINS = 200;
    private static final long PARK_NS = 20_000;

    /** Nobody is told: its caller has failed. */
    private static final RuntimeException NOT_ON_ALL =
            new IllegalStateException("command=not handed to all shards, expected to be on all or none");

    private final boolean isStepped;
    private final EngineState state;
    private final List<ShardWorker> workers;
    private final AgentThreads threads;
    private final Object submitLock = new Object();
    private final OpenStores open;

    EngineCalls(
            final boolean isStepped,
            final EngineState state,
            final List<ShardWorker> workers,
            final AgentThreads threads,
            final OpenStores open) {
        this.isStepped = isStepped;
        this.state = state;
        this.workers = workers;
        this.threads = threads;
        this.open = open;
    }

    /** One duty cycle of all shards, on the caller's thread. */
    int step() {
        if (isStopped()) {
            throw state.stoppedException();
        }
        return threads.step();
    }

    /** Whether a shard has failed, and so the engine has; or all have ended, as the engine is closed. */
    private boolean isStopped() {
        boolean isStopped = true;
        for (int i = 0; i < workers.size(); i++) {
            isStopped &= workers.get(i).agent().isStopped();
        }
        return isStopped || state.isFailed();
    }

    /** Works the engine that its caller waits for; false where only the caller can make it go on. */
    private boolean stepOn() {
        return step() > 0 || !isHeldBack();
    }

    private static IllegalStateException fullQueue() {
        return new IllegalStateException("updateQueue=full, expected room: poll it before waiting for an engine that"
                + " is stepped by the same thread");
    }

    private boolean isHeldBack() {
        boolean isHeldBack = false;
        for (int i = 0; i < workers.size(); i++) {
            isHeldBack |= workers.get(i).agent().isHeldBack();
        }
        return isHeldBack;
    }

    /** Refuses a call of the engine's own threads: before it waits for a lock that is held by who waits for them. */
    void requireOutside(final String name) {
        threads.requireOutside(name);
    }

    /**
     * Does something on the thread of a shard: at once where the caller is inside the engine, or whoever it is where
     * the engine is stepped; else as a command.
     */
    <T> T callOrRun(final ShardWorker worker, final Supplier<T> action) {
        if (worker.agent().isStopped()) {
            throw state.stoppedException();
        }
        if (threads.isInside()) {
            return action.get();
        }
        return isStepped ? runOpen(action) : call(worker, "find", action);
    }

    /** Does something on a thread that the engine knows nothing of, while the stores are kept open for it. */
    private <T> T runOpen(final Supplier<T> action) {
        return open.look(action, () -> {
            throw state.stoppedException();
        });
    }

    /** Does something on the thread of a shard. */
    <T> T call(final ShardWorker worker, final String name, final Supplier<T> action) {
        threads.requireOutside(name);
        final EngineCommand<T> command = new EngineCommand<>(new CommandStart(), () -> true, action);
        worker.agent().submit(command);
        return await(command);
    }

    /** Gives every shard a command; two threads that do so find the same order on all shards. */
    void callAll(final String name, final Function<ShardWorker, EngineCommand<?>> commandOf) {
        threads.requireOutside(name);
        final List<EngineCommand<?>> commands = new ArrayList<>();
        synchronized (submitLock) {
            submitAll(commandOf, commands);
        }
        awaitAll(commands);
    }

    /** Where it fails in between, those that have theirs would wait for the others, and all that comes behind. */
    private void submitAll(
            final Function<ShardWorker, EngineCommand<?>> commandOf, final List<EngineCommand<?>> commands) {
        try {
            for (final ShardWorker worker : workers) {
                final EngineCommand<?> command = commandOf.apply(worker);
                commands.add(command);
                worker.agent().submit(command);
            }
        } catch (final RuntimeException | Error e) {
            // Without allocating, as it may be memory that was wanting.
            for (int i = 0; i < commands.size(); i++) {
                commands.get(i).takeBack(NOT_ON_ALL);
            }
            throw e;
        }
    }

    /** Waits for each of them, also where one has failed: none is carried out after that. */
    private void awaitAll(final List<EngineCommand<?>> commands) {
        RuntimeException failure = null;
        for (final EngineCommand<?> command : commands) {
            try {
                await(command);
            } catch (final RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else if (failure != e) {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private <T> T await(final EngineCommand<T> command) {
        while (isStepped && !command.isDone()) {
            if (!stepOn()) {
                throw command.giveUp(fullQueue());
            }
        }
        return command.await();
    }

    /** Waits until a shard has applied all that lies on its ring up to a position. */
    void awaitApplied(final EngineAgent agent, final long position) {
        for (int i = 0; agent.appliedPosition() < position; i++) {
            if (agent.isStopped() && agent.appliedPosition() < position) {
                throw state.stoppedException();
            }
            threads.requireOutside("awaitApplied");
            if (!isStepped) {
                idle(i);
            } else if (!stepOn()) {
                throw fullQueue();
            }
        }
    }

    /** Waits until all other shards have applied what lies on their rings by now. */
    void awaitClaimed(final EngineAgent own) {
        for (int i = 0; i < workers.size(); i++) {
            final EngineAgent agent = workers.get(i).agent();
            if (agent != own) {
                awaitApplied(agent, agent.claimedPosition());
            }
        }
    }

    /** Waits until all shards have forced what they have applied by now. */
    void awaitDurable(final DurabilityThread durability) {
        for (int i = 0; i < workers.size(); i++) {
            awaitDurable(workers.get(i), workers.get(i).agent().appliedPosition(), durability);
        }
    }

    private void awaitDurable(final ShardWorker worker, final long position, final DurabilityThread durability) {
        final ShardDurability durable = worker.durability().orElseThrow();
        for (int i = 0; durable.durableTicket() < position; i++) {
            if (worker.agent().isStopped()) {
                throw state.stoppedException();
            }
            threads.requireOutside("awaitDurable");
            durability.request();
            if (isStepped) {
                step();
            } else {
                idle(i);
            }
        }
    }

    private static void idle(final int round) {
        if (round < SPINS) {
            Thread.onSpinWait();
            return;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("thread=" + Thread.currentThread().getName()
                    + " interrupted while waiting for a ticket; the point will be applied all the same");
        }
        LockSupport.parkNanos(PARK_NS);
    }
}
