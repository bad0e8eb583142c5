package io.tollgate.core;

/** Works the listeners, from the first one on. */
final class ListenerThread implements AutoCloseable {
    private final ListenerAgent agent;
    private final AgentThread thread;

    ListenerThread(final EngineContext context, final EngineState state) {
        agent = new ListenerAgent(context.errorHandler());
        thread = new AgentThread(
                context.isStepped(),
                context.threadFactory(),
                state,
                agent,
                context.idleStrategySupplier(),
                context.errorHandler());
    }

    ListenerAgent agent() {
        return agent;
    }

    /** Starts what works the listeners, if it does not run yet. */
    void start() {
        thread.start();
    }

    /** One duty cycle on the thread of the caller who steps the engine. */
    int step() {
        return thread.step();
    }

    /** Whether the caller is a listener. */
    boolean isInside() {
        return thread.isInside();
    }

    /** Hands over what is left, and ends; the engine's thread has ended. */
    @Override
    public void close() {
        agent.requestStop();
        thread.stepToItsEnd();
        thread.close();
    }
}
