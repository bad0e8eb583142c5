package io.tollgate.core.agent;

import org.agrona.concurrent.AgentTerminationException;

/**
 * Thrown by an agent of the engine to end itself on request. Agrona's own exception has no such meaning here, because a
 * handler of the program may throw it.
 */
public final class AgentTermination extends AgentTerminationException {
    private static final long serialVersionUID = 1;

    public AgentTermination() {
        super("engine closed");
    }
}
