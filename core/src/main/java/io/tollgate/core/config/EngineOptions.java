package io.tollgate.core.config;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.admin.RefusalHandler;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.core.file.FileAccess;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/** The checked and immutable options of an engine, as read by its components. */
public interface EngineOptions {
    /** {@return the data directory, empty for an engine in memory} */
    Optional<Path> directory();

    /** {@return the mode of the engine clock} */
    ClockMode clockMode();

    /** {@return the clock of mode SYSTEM} */
    EpochNanoClock clock();

    /** {@return the clock for durations, independent of the time of day} */
    NanoClock nanoClock();

    /** {@return the threads that run the engine} */
    ThreadingMode threadingMode();

    /** {@return true if valid times near the epoch are accepted} */
    boolean timesNearEpochAllowed();

    /** {@return the length of new log segments in bytes} */
    int logSegmentLength();

    /** {@return the limits} */
    Limits limits();

    /** {@return the handler of errors on the engine's threads} */
    ErrorHandler errorHandler();

    /** {@return the handler of refused points; empty if refusals are printed on standard error} */
    Optional<RefusalHandler> refusalHandler();

    /** {@return the factory of the engine's threads} */
    ThreadFactory threadFactory();

    /** {@return the supplier of idle strategies for the engine's threads} */
    Supplier<IdleStrategy> idleStrategySupplier();

    /** {@return the durability level of the log} */
    Durability durability();

    /** {@return the policy of checkpoints and of old log segments} */
    CheckpointPolicy checkpoints();

    /** {@return the listener for the progress of an opening} */
    OpeningProgress openingProgress();

    /** {@return the access to the files} */
    FileAccess fileAccess();

    /**
     * Checks the options set by a program.
     *
     * @param configuration an {@code EngineContext}.
     * @return the current options.
     * @throws IllegalArgumentException if an option is out of range; the message names it, its value and the expected
     *     range.
     */
    static EngineOptions of(final EngineConfiguration configuration) {
        return configuration.conclude();
    }
}
