package io.tollgate.core;

import org.agrona.concurrent.AgentTerminationException;

/**
 * Thrown by an agent of the engine that was asked to end. Agrona's own is not taken for that: a handler of the program,
 * which the agent calls, may throw one, and nobody has asked for an end then.
 */
final class AgentEnd extends AgentTerminationException {
    private static final long serialVersionUID = 1;

    AgentEnd() {
        super("engine closed");
    }
}
