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
 * All options of an engine; none may be null. Set what differs from the defaults, and hand it to
 * {@link TollgateEngine#launch(EngineContext)}, which checks it. Not safe for use by several threads.
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

    /** The defaults: in memory, on the system clock, with a thread of its own. */
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

    /** Prints an error with its stack trace at once, so that those of several threads do not mix. */
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
     * Where series, points and the operation log live; made if it is not there. Default: in memory.
     *
     * @param directory of this engine alone.
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
     * What moves the engine clock. Default: {@link ClockMode#SYSTEM}.
     *
     * <p>The log says in which mode it was written, so that a replay moves the clock as it was moved. A directory may
     * be opened in another mode: the clock goes on from where it stands.
     *
     * @param clockMode one of the modes.
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
     * The clock that mode SYSTEM follows. Default: that of the system.
     *
     * @param clock in nanoseconds since the epoch, up to {@code Instants.MAX}; the engine fails where it is later.
     * @return this.
     */
    public EngineContext clock(final EpochNanoClock clock) {
        this.clock = Objects.requireNonNull(clock, "clock=null, expected a clock");
        return this;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    /** Measures durations by another clock, for tests. */
    EngineContext nanoClock(final NanoClock nanoClock) {
        this.nanoClock = Objects.requireNonNull(nanoClock, "nanoClock=null, expected a clock");
        return this;
    }

    /** {@return which threads work the engine} */
    public ThreadingMode threadingMode() {
        return threadingMode;
    }

    /**
     * Which threads work the engine. Default: {@link ThreadingMode#OWN_THREADS}.
     *
     * @param threadingMode one of the modes.
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
     * Says if valid times in January 1970 that are no whole minutes are meant. Without this option the engine refuses
     * them, by {@link io.tollgate.api.Publisher#IMPLAUSIBLE_TIME} or an exception: seconds, milliseconds and
     * microseconds since the epoch lie there, if they are taken for nanoseconds. Data that count nanoseconds from a
     * beginning of their own need it. Reads at such times are never refused. Default: false.
     *
     * @param timesNearEpochAllowed true to take them.
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
     * How long a segment of the operation log is. Default: 16 MiB.
     *
     * @param logSegmentLength in bytes, a power of two from 64 KiB to 1 GiB.
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
     * The bounds. Default: {@link Limits#DEFAULT}.
     *
     * @param limits of the engine.
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
     * Is told of exceptions on the engine's threads, and of errors, which fail the engine. Default: standard
     * error, each with its stack trace. If the handler itself throws, the thread ends and the engine has failed.
     *
     * @param errorHandler called on the engine's threads.
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
     * The handler of each refused point, besides the counters and the log, one at a time. Default: standard error, the
     * first one of each reason in full, and then at most one line a second with counts. A handler takes the place of
     * that; one that does nothing keeps the engine quiet: {@code (reason, series, time, value, known, reference) ->
     * {}}.
     *
     * @param refusalHandler called on the engine's thread.
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
     * The factory of the engine's threads: one that applies, one that makes room ahead of it, and one each to force the
     * log, to make automatic checkpoints and to call listeners, if the engine does that. Default: daemon threads. They
     * end when the engine is closed, and not by an interrupt. Up to three more check the files of a large directory
     * that was closed cleanly, and end before the engine is opened.
     *
     * @param threadFactory to use.
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
     * How the engine's threads wait for work. Default: {@link BackoffIdleStrategy}.
     *
     * @param idleStrategySupplier makes one strategy, for one thread.
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
     * When the operation log of a data directory is forced to the disk. Default: {@link Durability#NONE}.
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
     * When an engine with a directory makes checkpoints by itself, and whether the log before them goes. Default:
     * {@link CheckpointPolicy#ON_REQUEST}, as a checkpoint needs the disk for a second store, and a thread's time; and
     * as audits rest on the log.
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
     * Who is told how far an opening has come that rebuilds a directory from its log. Default: nobody.
     *
     * @param openingProgress called on the thread that opens the engine.
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
     * Whether the group may read what is made of a data directory or a backup, and never write it: for another account
     * that opens a {@link DirectoryView}, checks or copies. The umask narrows it further. What is there keeps its
     * permissions, the directory too: its owner changes them, while it is closed. Who may read a file may also lock it,
     * and so keep an engine out, or from making its next map. Default: false.
     *
     * @param groupMayRead false for the owner alone; an access of your own says it too, by its audience.
     * @return this.
     */
    public EngineContext groupMayRead(final boolean groupMayRead) {
        audience = groupMayRead ? FilePermissions.GROUP : FilePermissions.OWNER;
        return this;
    }

    FileAccess fileAccess() {
        return fileAccess.orElseGet(() -> new SystemFileAccess(audience));
    }

    /** Reaches the files by another access, for tests, which inject faults. */
    EngineContext fileAccess(final FileAccess fileAccess) {
        this.fileAccess = Optional.of(Objects.requireNonNull(fileAccess, "fileAccess=null, expected an access"));
        return this;
    }
}
