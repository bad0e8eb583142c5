package io.tollgate.core.writer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tollgate.core.agent.EngineState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A control thread hands a command over while the engine ends. Either the thread or the engine refuses the command. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "refused")
@Outcome(expect = FORBIDDEN, desc = "neither run nor refused: its caller waits for ever")
@State
public class CommandQueueStress {
    private final CommandQueue commands = new CommandQueue(new EngineState());
    private final EngineCommand<Boolean> command = new EngineCommand<>(() -> true, () -> true);

    /** Called by jcstress. */
    public CommandQueueStress() {}

    /** A control thread. */
    @Actor
    public void submit() {
        commands.submit(command);
    }

    /** The engine's thread. */
    @Actor
    public void close() {
        commands.close();
    }

    /**
     * After both.
     *
     * @param result true if the command is done.
     */
    @Arbiter
    public void look(final Z_Result result) {
        result.r1 = command.isDone();
    }
}
