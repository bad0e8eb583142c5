package io.tollgate.core;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.admin.RefusalHandler;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.config.Limits;
import io.tollgate.core.config.OpeningProgress;
import io.tollgate.core.file.FileAccess;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/** The options of a context that nobody sets any more. */
final class ConcludedOptions implements EngineOptions {
    private final EngineContext context;
    private final FileAccess files;

    /** Takes a context over. */
    ConcludedOptions(final EngineContext context) {
        this.context = context;
        files = context.fileAccess();
    }

    @Override
    public Optional<Path> directory() {
        return context.directory();
    }

    @Override
    public ClockMode clockMode() {
        return context.clockMode();
    }

    @Override
    public EpochNanoClock clock() {
        return context.clock();
    }

    @Override
    public NanoClock nanoClock() {
        return context.nanoClock();
    }

    @Override
    public ThreadingMode threadingMode() {
        return context.threadingMode();
    }

    @Override
    public boolean timesNearEpochAllowed() {
        return context.timesNearEpochAllowed();
    }

    @Override
    public int logSegmentLength() {
        return context.logSegmentLength();
    }

    @Override
    public Limits limits() {
        return context.limits();
    }

    @Override
    public ErrorHandler errorHandler() {
        return context.errorHandler();
    }

    @Override
    public Optional<RefusalHandler> refusalHandler() {
        return context.refusalHandler();
    }

    @Override
    public ThreadFactory threadFactory() {
        return context.threadFactory();
    }

    @Override
    public Supplier<IdleStrategy> idleStrategySupplier() {
        return context.idleStrategySupplier();
    }

    @Override
    public Durability durability() {
        return context.durability();
    }

    @Override
    public CheckpointPolicy checkpoints() {
        return context.checkpoints();
    }

    @Override
    public OpeningProgress openingProgress() {
        return context.openingProgress();
    }

    @Override
    public FileAccess fileAccess() {
        return files;
    }
}
