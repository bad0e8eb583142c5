package io.tollgate.core;

/** Works the listeners, from the first one on. */
final class ListenerThread implements AutoCloseable {
    private final ListenerAgent agent;
    private final BackgroundDuty duty;

    ListenerThread(final EngineContext context) {
        agent = new ListenerAgent(context.errorHandler());
        duty = new BackgroundDuty(
                context, agent, () -> context.idleStrategySupplier().get(), context.errorHandler());
    }

    ListenerAgent agent() {
        return agent;
    }

    /** Starts what works the listeners, if it does not run yet. */
    void start() {
        duty.start();
    }

    /** One duty cycle on the thread of the caller who steps the engine. */
    int step() {
        return duty.step();
    }

    /** Whether the caller is a listener. */
    boolean isInside() {
        return duty.isInside();
    }

    /** Hands over what is left, and ends; the engine's thread has ended. */
    @Override
    public void close() {
        agent.requestStop();
        duty.stepToItsEnd();
        duty.close();
    }
}
