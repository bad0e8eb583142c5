package io.tollgate.core.read;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.window.WindowBounds;
import io.tollgate.core.window.WindowResolver;
import java.util.function.Supplier;

/** Reads sets of levels while the engine writes them; see {@link LevelSet}. Used by one thread at a time. */
public final class LevelReader {
    private final LevelSource source;
    private final ReadGate.Entrance entrance;
    private final SeqLock attempts;
    private final SetAttempt setAttempt = new SetAttempt();
    private final WindowResolver resolver;
    private final SeriesRecord none = new SeriesRecord();

    /** A read of a set. It is retried from the beginning until no series changed during the read. */
    @FunctionalInterface
    public interface Attempt {
        /** Adds the series that were defined since the last read. Called once, before the first attempt. */
        default void prepare() {}

        /**
         * Reads the set.
         *
         * @return false if a concurrent change tore a series.
         */
        boolean read();
    }

    /**
     * Creates a reader.
     *
     * @param source of the levels.
     * @param gate   keeps the store open during a read.
     */
    public LevelReader(final LevelSource source, final ReadGate gate) {
        this.source = source;
        entrance = gate.newEntrance();
        attempts = new SeqLock(gate, entrance);
        resolver = new WindowResolver(source.store().blocks());
    }

    /** {@return the source of the levels} */
    public LevelSource source() {
        return source;
    }

    /**
     * Checks that the engine is open.
     *
     * @throws IllegalStateException if the engine is closed.
     */
    public void requireOpen() {
        entrance.inside(() -> true);
    }

    /**
     * Runs a function that accesses the store, and keeps the store open meanwhile.
     *
     * @param making the function; it must not read through this reader.
     * @param <T>    the type of its result.
     * @return its result.
     * @throws IllegalStateException if the engine is closed.
     */
    public <T> T inside(final Supplier<T> making) {
        return entrance.inside(making);
    }

    /**
     * Adds the series that were defined up to now.
     *
     * @param attempt the attempt to prepare.
     * @throws IllegalStateException if the engine is closed.
     */
    public void prepare(final Attempt attempt) {
        entrance.inside(() -> {
            attempt.prepare();
            return true;
        });
    }

    /**
     * Computes the bounds of a window of time.
     *
     * @param window any window except a count of points.
     * @param atNs   the instant of the read.
     * @param bounds to be set.
     */
    public void resolve(final Window window, final long atNs, final WindowBounds bounds) {
        resolver.resolveTime(none, window, atNs, bounds);
    }

    /**
     * Reads a set.
     *
     * @param levels  the set.
     * @param attempt the read.
     * @return OK; CONTENDED if a series changed during every attempt; FORGOTTEN if the as-of instant of a series is
     *     before its retention horizon. The attempt's results are valid only for OK.
     * @throws IllegalStateException if the engine is closed, or the tree of a series is damaged.
     */
    public Status read(final LevelSet levels, final Attempt attempt) {
        return attempts.read(setAttempt.of(levels), 0, levels.knownAtNs(), attempt);
    }

    private static final class SetAttempt implements SeqLock.Attempt<Attempt> {
        private LevelSet levels;

        SetAttempt of(final LevelSet next) {
            levels = next;
            return this;
        }

        @Override
        public void begin(final Attempt attempt) {
            attempt.prepare();
        }

        @Override
        public Status tryRead(final long atNs, final long knownAtNs, final Attempt attempt) {
            if (!levels.takeVersions()) {
                return Status.CONTENDED;
            }
            final boolean isIntact = attempt.read();
            if (!levels.isUnchanged()) {
                return Status.CONTENDED;
            }
            if (!isIntact) {
                throw new DirectoryDamagedException(
                        "a series of the panel has a damaged tree; restore the data directory");
            }
            return levels.isForgotten() ? Status.FORGOTTEN : Status.OK;
        }
    }
}
