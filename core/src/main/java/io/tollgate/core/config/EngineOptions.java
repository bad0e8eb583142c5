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

/** The options of an engine as its parts read them: checked, and never changed. */
public interface EngineOptions {
    /** {@return the data directory, empty for an engine in memory} */
    Optional<Path> directory();

    /** {@return what moves the engine clock} */
    ClockMode clockMode();

    /** {@return the clock of mode SYSTEM} */
    EpochNanoClock clock();

    /** {@return what durations are measured by, whatever becomes of the time of the day} */
    NanoClock nanoClock();

    /** {@return which threads work the engine} */
    ThreadingMode threadingMode();

    /** {@return whether valid times near the epoch are taken} */
    boolean timesNearEpochAllowed();

    /** {@return the length of new log segments in bytes} */
    int logSegmentLength();

    /** {@return the bounds} */
    Limits limits();

    /** {@return who is told of errors on the engine's threads} */
    ErrorHandler errorHandler();

    /** {@return who is told of refused points, empty where standard error is} */
    Optional<RefusalHandler> refusalHandler();

    /** {@return what makes the engine's threads} */
    ThreadFactory threadFactory();

    /** {@return what makes the idle strategies of the engine's threads} */
    Supplier<IdleStrategy> idleStrategySupplier();

    /** {@return when the log is forced to the disk} */
    Durability durability();

    /** {@return when the engine makes checkpoints, and whether old log goes} */
    CheckpointPolicy checkpoints();

    /** {@return who is told how far an opening has come} */
    OpeningProgress openingProgress();

    /** {@return how the engine reaches its files} */
    FileAccess fileAccess();

    /**
     * Checks what a program has set.
     *
     * @param configuration an {@code EngineContext}.
     * @return its options, as they are set now.
     * @throws IllegalArgumentException naming the option, its value, and what was expected.
     */
    static EngineOptions of(final EngineConfiguration configuration) {
        return configuration.conclude();
    }
}
