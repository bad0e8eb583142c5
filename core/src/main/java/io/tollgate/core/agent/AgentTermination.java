package io.tollgate.core.agent;

import org.agrona.concurrent.AgentTerminationException;

/**
 * Thrown by an agent of the engine that was asked to end. Agrona's own is not taken for that: a handler of the program,
 * which the agent calls, may throw one, and nobody has asked for an end then.
 */
public final class AgentTermination extends AgentTerminationException {
    private static final long serialVersionUID = 1;

    public AgentTermination() {
        super("engine closed");
    }
}
