package io.tollgate.core.manifest;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.operation.ClockOperation;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The state of a data directory. Immutable; {@link ManifestFile} keeps it on disk.
 *
 * @param identity           a number drawn when the directory was made; each log segment and each seal carries it. A
 *     copy of a directory has the same identity.
 * @param state              the state of the store.
 * @param bootId             the boot of the machine on which an engine opened the directory last, empty before that.
 * @param clockModeCode      the code of the clock mode of that engine, {@link ClockOperation#SAME_MODE} before that.
 * @param log                the start of the log.
 * @param checkpointSequence the last operation that the newest checkpoint includes, 0 without a checkpoint.
 * @param seal               the seal of the closed store, present if the state is {@link State#CLOSED}.
 */
public record Manifest(
        long identity,
        State state,
        String bootId,
        int clockModeCode,
        LogStart log,
        long checkpointSequence,
        Optional<Seal> seal) {
    /** The states of a data directory. */
    public enum State {
        /** A backup or a recovery is writing the directory, or was interrupted. The directory cannot be opened. */
        INCOMPLETE,
        /** The store is being rebuilt from the newest checkpoint and the log, or must be rebuilt. */
        REBUILDING,
        /** The store is complete. An engine has it open, or was killed. */
        OPEN,
        /** The store was closed cleanly and is sealed. */
        CLOSED
    }

    /**
     * The start of a log.
     *
     * @param firstSequence  the first operation in the log, 1 unless old segments were deleted.
     * @param neededSequence the last operation that a store must include before this log can be replayed into it,
     *     because the log lacks it; 0 if the log is complete.
     */
    public record LogStart(long firstSequence, long neededSequence) {
        /** The start of a complete log. */
        public static final LogStart WHOLE = new LogStart(1, 0);
    }

    /** {@return the first operation in the log} */
    public long firstSequence() {
        return log.firstSequence();
    }

    /** {@return the last operation that a store must include before the log can be replayed into it} */
    public long neededSequence() {
        return log.neededSequence();
    }

    /**
     * The seal of a closed store.
     *
     * @param sequence the last operation that the store includes.
     * @param crc      the CRC-32C of the file {@code seal} of the store.
     */
    public record Seal(long sequence, int crc) {}

    /**
     * Returns the manifest of a new data directory.
     *
     * @param identity of the directory.
     * @param state    {@link State#REBUILDING} for an engine, {@link State#INCOMPLETE} for a copy.
     * @return the manifest.
     */
    public static Manifest begin(final long identity, final State state) {
        return new Manifest(identity, state, "", ClockOperation.SAME_MODE, LogStart.WHOLE, 0, Optional.empty());
    }

    /**
     * Refuses a directory whose backup or recovery was interrupted.
     *
     * @param directory with this manifest.
     * @throws IllegalStateException if it is incomplete.
     */
    public void requireComplete(final Path directory) {
        if (state == State.INCOMPLETE) {
            throw new DirectoryDamagedException(
                    "dataDirectory=" + directory + " state=" + state
                            + ": the backup or recovery that wrote it was interrupted; delete it and run that again",
                    directory);
        }
    }

    /**
     * Returns the manifest while the store is rebuilt. The boot identity stays, because it determines the positions
     * that count.
     *
     * @return the manifest.
     */
    public Manifest rebuilding() {
        return new Manifest(
                identity, State.REBUILDING, bootId, clockModeCode, log, checkpointSequence, Optional.empty());
    }

    /**
     * Returns the manifest of a copy. Without a boot identity, applied positions do not count.
     *
     * @return the manifest.
     */
    public Manifest withoutBoot() {
        return new Manifest(identity, state, "", clockModeCode, log, checkpointSequence, seal);
    }

    /**
     * Returns the manifest while an engine has the directory open.
     *
     * @param boot of the machine.
     * @param mode the code of the clock mode of the engine.
     * @return the manifest.
     */
    public Manifest opened(final String boot, final int mode) {
        return new Manifest(identity, State.OPEN, boot, mode, log, checkpointSequence, Optional.empty());
    }

    /**
     * Returns the manifest after a clean close.
     *
     * @param mode   the code of the clock mode that the store was closed with.
     * @param sealed the seal of the store.
     * @return the manifest.
     */
    public Manifest closed(final int mode, final Seal sealed) {
        return new Manifest(identity, State.CLOSED, bootId, mode, log, checkpointSequence, Optional.of(sealed));
    }

    /**
     * Returns the manifest with another newest checkpoint.
     *
     * @param sequence the last operation that it includes.
     * @return the manifest.
     */
    public Manifest withCheckpoint(final long sequence) {
        return new Manifest(identity, state, bootId, clockModeCode, log, sequence, seal);
    }

    /**
     * Returns the manifest with another start of the log.
     *
     * @param start of the log.
     * @return the manifest.
     */
    public Manifest withLog(final LogStart start) {
        return new Manifest(identity, state, bootId, clockModeCode, start, checkpointSequence, seal);
    }
}
