package io.tollgate.core;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.admin.RefusalHandler;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.config.EngineConfiguration;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.config.Limits;
import io.tollgate.core.config.OpeningProgress;
import io.tollgate.core.config.OptionBounds;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FilePermissions;
import io.tollgate.core.file.SystemFileAccess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.NullMarked;

/**
 * The options of an engine. Set those that differ from the defaults and pass the context to
 * {@link TollgateEngine#launch(EngineContext)}, which checks it. No option accepts null. Not thread-safe.
 *
 * <pre>{@code
 * EngineContext context = new EngineContext()
 *         .directory(Path.of("data"))
 *         .durability(Durability.interval(10))
 *         .checkpoints(CheckpointPolicy.ON_REQUEST.every(1, TimeUnit.HOURS));
 * try (Engine engine = TollgateEngine.launch(context)) {
 *     System.out.println(engine.health());
 * }
 * }</pre>
 */
@NullMarked
public final class EngineContext extends EngineConfiguration {
    private Optional<Path> directory = Optional.empty();
    private ClockMode clockMode = ClockMode.SYSTEM;
    private EpochNanoClock clock = SystemEpochNanoClock.INSTANCE;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private ThreadingMode threadingMode = ThreadingMode.OWN_THREADS;
    private int logSegmentLength = 1 << 24;
    private Limits limits = Limits.DEFAULT;
    private ErrorHandler errorHandler = EngineContext::print;
    private Optional<RefusalHandler> refusalHandler = Optional.empty();
    private ThreadFactory threadFactory = EngineContext::newDaemonThread;
    private Supplier<IdleStrategy> idleStrategySupplier = BackoffIdleStrategy::new;
    private FilePermissions audience = FilePermissions.OWNER;
    private Optional<FileAccess> fileAccess = Optional.empty();
    private boolean timesNearEpochAllowed;
    private Durability durability = Durability.NONE;
    private CheckpointPolicy checkpoints = CheckpointPolicy.ON_REQUEST;
    private OpeningProgress openingProgress = (sequence, lastSequence) -> {};

    /** Creates the default options: in memory, on the system clock, with threads of the engine's own. */
    public EngineContext() {}

    private EngineContext(final EngineContext other) {
        directory = other.directory;
        clockMode = other.clockMode;
        clock = other.clock;
        nanoClock = other.nanoClock;
        threadingMode = other.threadingMode;
        logSegmentLength = other.logSegmentLength;
        limits = other.limits;
        errorHandler = other.errorHandler;
        refusalHandler = other.refusalHandler;
        threadFactory = other.threadFactory;
        idleStrategySupplier = other.idleStrategySupplier;
        audience = other.audience;
        fileAccess = other.fileAccess;
        timesNearEpochAllowed = other.timesNearEpochAllowed;
        durability = other.durability;
        checkpoints = other.checkpoints;
        openingProgress = other.openingProgress;
    }

    @Override
    protected EngineOptions conclude() {
        final EngineOptions options = new ConcludedOptions(new EngineContext(this));
        OptionBounds.require(options, audience);
        return options;
    }

    /** Prints an error with its stack trace in one call, so that the output of several threads does not mix. */
    private static void print(final Throwable error) {
        final StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        System.err.print("tollgate: " + text);
    }

    private static Thread newDaemonThread(final Runnable runnable) {
        final Thread thread = new Thread(runnable);
        thread.setDaemon(true);
        return thread;
    }

    /** {@return the data directory, empty for an engine in memory} */
    public Optional<Path> directory() {
        return directory;
    }

    /**
     * Sets the data directory for series, points and the operation log. It is created if it does not exist. Default:
     * none, the engine is in memory.
     *
     * @param directory a directory for this engine alone.
     * @return this.
     */
    public EngineContext directory(final Path directory) {
        this.directory = Optional.of(Objects.requireNonNull(directory, "directory=null, expected a path"));
        return this;
    }

    /** {@return what moves the engine clock} */
    public ClockMode clockMode() {
        return clockMode;
    }

    /**
     * Sets the source of the engine clock. Default: {@link ClockMode#SYSTEM}.
     *
     * <p>The log records the mode, so a replay moves the clock as before. A directory may be opened in another mode;
     * the clock then continues from its last value.
     *
     * @param clockMode the mode.
     * @return this.
     */
    public EngineContext clockMode(final ClockMode clockMode) {
        this.clockMode = Objects.requireNonNull(clockMode, "clockMode=null, expected a mode");
        return this;
    }

    /** {@return the clock of mode SYSTEM} */
    public EpochNanoClock clock() {
        return clock;
    }

    /**
     * Sets the clock that mode SYSTEM follows. Default: the system clock.
     *
     * @param clock a clock in ns since the epoch, up to {@code Instants.MAX}; the engine fails if it is later.
     * @return this.
     */
    public EngineContext clock(final EpochNanoClock clock) {
        this.clock = Objects.requireNonNull(clock, "clock=null, expected a clock");
        return this;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    /** Sets the clock that measures durations, for tests. */
    EngineContext nanoClock(final NanoClock nanoClock) {
        this.nanoClock = Objects.requireNonNull(nanoClock, "nanoClock=null, expected a clock");
        return this;
    }

    /** {@return which threads work the engine} */
    public ThreadingMode threadingMode() {
        return threadingMode;
    }

    /**
     * Sets the threads that run the engine. Default: {@link ThreadingMode#OWN_THREADS}.
     *
     * @param threadingMode the mode.
     * @return this.
     */
    public EngineContext threadingMode(final ThreadingMode threadingMode) {
        this.threadingMode = Objects.requireNonNull(threadingMode, "threadingMode=null, expected a mode");
        return this;
    }

    /** {@return whether valid times near the epoch are taken} */
    public boolean timesNearEpochAllowed() {
        return timesNearEpochAllowed;
    }

    /**
     * Allows valid times in January 1970 that are not whole minutes. Seconds, milliseconds or microseconds since the
     * epoch that are taken for nanoseconds lie there. So the engine refuses such points by default, with
     * {@link io.tollgate.api.Publisher#IMPLAUSIBLE_TIME} or an exception. Set this option for data that count
     * nanoseconds from an origin of their own. Reads at such times are never refused. Default: false.
     *
     * @param timesNearEpochAllowed true to accept them.
     * @return this.
     */
    public EngineContext timesNearEpochAllowed(final boolean timesNearEpochAllowed) {
        this.timesNearEpochAllowed = timesNearEpochAllowed;
        return this;
    }

    /** {@return the length of new log segments in bytes} */
    public int logSegmentLength() {
        return logSegmentLength;
    }

    /**
     * Sets the length of a segment of the operation log. Default: 16 MiB.
     *
     * @param logSegmentLength the length in bytes, a power of two from 64 KiB to 1 GiB.
     * @return this.
     */
    public EngineContext logSegmentLength(final int logSegmentLength) {
        this.logSegmentLength = logSegmentLength;
        return this;
    }

    /** {@return the bounds} */
    public Limits limits() {
        return limits;
    }

    /**
     * Sets the limits. Default: {@link Limits#DEFAULT}.
     *
     * @param limits the limits.
     * @return this.
     */
    public EngineContext limits(final Limits limits) {
        this.limits = Objects.requireNonNull(limits, "limits=null, expected bounds");
        return this;
    }

    /** {@return who is told of errors on the engine's threads} */
    public ErrorHandler errorHandler() {
        return errorHandler;
    }

    /**
     * Sets the handler of exceptions and errors on the engine's threads. An error fails the engine. If the handler
     * itself throws, its thread ends and the engine fails. Default: standard error, with stack traces.
     *
     * @param errorHandler the handler, called on the engine's threads.
     * @return this.
     */
    public EngineContext errorHandler(final ErrorHandler errorHandler) {
        this.errorHandler = Objects.requireNonNull(errorHandler, "errorHandler=null, expected a handler");
        return this;
    }

    /** {@return who is told of refused points, empty where standard error is} */
    public Optional<RefusalHandler> refusalHandler() {
        return refusalHandler;
    }

    /**
     * Sets the handler of refused points, in addition to the counters and the log. It is called for one refusal at a
     * time. Default: standard error, with the first refusal of each reason in full, and then at most one line of counts
     * a second. An empty handler keeps the engine quiet: {@code refusal -> {}}.
     *
     * @param refusalHandler the handler, called on the engine's thread.
     * @return this.
     */
    public EngineContext refusalHandler(final RefusalHandler refusalHandler) {
        this.refusalHandler =
                Optional.of(Objects.requireNonNull(refusalHandler, "refusalHandler=null, expected a handler"));
        return this;
    }

    /** {@return what makes the engine's threads} */
    public ThreadFactory threadFactory() {
        return threadFactory;
    }

    /**
     * Sets the factory of the engine's threads. There are one that applies operations, one that prepares memory and
     * files for it, and, if the engine has such work, one each that forces the log, makes automatic checkpoints and
     * calls listeners. Up to three more check the files of a large directory that was closed cleanly, and end before
     * the engine is open. The threads end with the engine, not by an interrupt. Default: daemon threads.
     *
     * @param threadFactory the factory.
     * @return this.
     */
    public EngineContext threadFactory(final ThreadFactory threadFactory) {
        this.threadFactory = Objects.requireNonNull(threadFactory, "threadFactory=null, expected a factory");
        return this;
    }

    /** {@return what makes the idle strategies of the engine's threads} */
    public Supplier<IdleStrategy> idleStrategySupplier() {
        return idleStrategySupplier;
    }

    /**
     * Sets how the engine's threads wait for work. Default: {@link BackoffIdleStrategy}.
     *
     * @param idleStrategySupplier makes one strategy for each thread.
     * @return this.
     */
    public EngineContext idleStrategySupplier(final Supplier<IdleStrategy> idleStrategySupplier) {
        this.idleStrategySupplier =
                Objects.requireNonNull(idleStrategySupplier, "idleStrategySupplier=null, expected a supplier");
        return this;
    }

    /** {@return when the log is forced to the disk} */
    public Durability durability() {
        return durability;
    }

    /**
     * Sets when the operation log of a data directory is forced to disk. Default: {@link Durability#NONE}.
     *
     * @param durability the level.
     * @return this.
     */
    public EngineContext durability(final Durability durability) {
        this.durability = Objects.requireNonNull(durability, "durability=null, expected a level");
        return this;
    }

    /** {@return when the engine makes checkpoints, and whether old log goes} */
    public CheckpointPolicy checkpoints() {
        return checkpoints;
    }

    /**
     * Sets when an engine with a directory makes automatic checkpoints, and whether older log segments are deleted
     * then. Default: {@link CheckpointPolicy#ON_REQUEST}, because a checkpoint needs disk space for a second store and
     * the time of a thread, and audits need the log.
     *
     * @param checkpoints the policy.
     * @return this.
     */
    public EngineContext checkpoints(final CheckpointPolicy checkpoints) {
        this.checkpoints = Objects.requireNonNull(checkpoints, "checkpoints=null, expected a policy");
        return this;
    }

    /** {@return who is told how far an opening has come} */
    public OpeningProgress openingProgress() {
        return openingProgress;
    }

    /**
     * Sets the receiver of progress reports while a directory is rebuilt from its log. Default: none.
     *
     * @param openingProgress the receiver, called on the thread that opens the engine.
     * @return this.
     */
    public EngineContext openingProgress(final OpeningProgress openingProgress) {
        this.openingProgress = Objects.requireNonNull(openingProgress, "openingProgress=null, expected a receiver");
        return this;
    }

    /** {@return whether the group may read what is made, as the access to the files has it} */
    public boolean groupMayRead() {
        return fileAccess().audience() == FilePermissions.GROUP;
    }

    /**
     * Allows the group of the account to read new files of a data directory or a backup, but not to write them: for
     * another account that opens a {@link DirectoryView}, checks or copies. The umask restricts them further. Existing
     * files, and the directory, keep their permissions; their owner can change them while the directory is closed. An
     * account that may read a file may also lock it, which can keep an engine from opening or from making its next map.
     * Default: false.
     *
     * @param groupMayRead false for the owner alone.
     * @return this.
     */
    public EngineContext groupMayRead(final boolean groupMayRead) {
        audience = groupMayRead ? FilePermissions.GROUP : FilePermissions.OWNER;
        return this;
    }

    FileAccess fileAccess() {
        return fileAccess.orElseGet(() -> new SystemFileAccess(audience));
    }

    /** Sets the access to files, for tests that inject faults. */
    EngineContext fileAccess(final FileAccess fileAccess) {
        this.fileAccess = Optional.of(Objects.requireNonNull(fileAccess, "fileAccess=null, expected an access"));
        return this;
    }
}
