package io.tollgate.core.read;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.window.WindowBounds;
import io.tollgate.core.window.WindowResolver;
import java.util.function.Supplier;

/** Reads sets of levels while they are being written; see {@link LevelSet}. Used by one thread at a time. */
public final class LevelReader {
    private final LevelSource source;
    private final ReadGate.Entrance entrance;
    private final SeqLock attempts;
    private final SetAttempt setAttempt = new SetAttempt();
    private final WindowResolver resolver;
    private final SeriesRecord none = new SeriesRecord();

    /** What is read of a set: tried again, from the beginning, until no series has changed meanwhile. */
    @FunctionalInterface
    public interface Attempt {
        /** Takes in what was defined since the last read; once, before the first attempt. */
        default void prepare() {}

        /**
         * Reads.
         *
         * @return false if a series is torn by a concurrent change.
         */
        boolean read();
    }

    /**
     * A reader.
     *
     * @param source where the levels are.
     * @param gate   that keeps the store open while something is read.
     */
    public LevelReader(final LevelSource source, final ReadGate gate) {
        this.source = source;
        entrance = gate.newEntrance();
        attempts = new SeqLock(gate, entrance);
        resolver = new WindowResolver(source.store().blocks());
    }

    /** {@return where the levels are} */
    public LevelSource source() {
        return source;
    }

    /**
     * Makes sure that there is something to be read.
     *
     * @throws IllegalStateException if the engine is closed.
     */
    public void requireOpen() {
        entrance.inside(() -> true);
    }

    /**
     * Makes something that looks at the store, which is kept open meanwhile.
     *
     * @param making what is made; no read of this reader.
     * @param <T>    its type.
     * @return what was made.
     * @throws IllegalStateException if the engine is closed.
     */
    public <T> T inside(final Supplier<T> making) {
        return entrance.inside(making);
    }

    /**
     * Takes in what was defined up to now.
     *
     * @param attempt to be prepared.
     * @throws IllegalStateException if the engine is closed.
     */
    public void prepare(final Attempt attempt) {
        entrance.inside(() -> {
            attempt.prepare();
            return true;
        });
    }

    /**
     * Works out the bounds of a window of time.
     *
     * @param window any but the last points.
     * @param atNs   the instant that it is seen from.
     * @param bounds to be set.
     */
    public void resolve(final Window window, final long atNs, final WindowBounds bounds) {
        resolver.resolveTime(none, window, atNs, bounds);
    }

    /**
     * Reads a set.
     *
     * @param levels  the set.
     * @param attempt what is read.
     * @return OK; CONTENDED if a series of it was changed under each attempt, or FORGOTTEN if what was known of one was
     *     forgotten: then nothing read means anything.
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
                        "series=one of a group has a damaged tree, expected whole blocks; restore the data directory");
            }
            return levels.isForgotten() ? Status.FORGOTTEN : Status.OK;
        }
    }
}
