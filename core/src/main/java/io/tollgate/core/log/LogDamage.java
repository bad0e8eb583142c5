package io.tollgate.core.log;

import java.nio.file.Path;

/**
 * A place in the log that does not hold what it should.
 *
 * @param file that is damaged.
 * @param position of the damage in the file, in bytes.
 * @param end of the damaged bytes: what stands there is sound, though it may not be what comes next; the position
 *     itself where nothing but what should stand before it is missing, the end of the file where nothing is sound.
 * @param found what stands there, as {@code name=value}.
 * @param wanted what should stand there, as {@code name=value}.
 * @param firstMissing the first sequence that is lost; above {@code lastMissing} where nothing is known to be lost.
 * @param lastMissing the last sequence that is lost.
 */
public record LogDamage(
        Path file, long position, long end, String found, String wanted, long firstMissing, long lastMissing) {
    /**
     * Whether sequences are known to be lost here: later ones are valid.
     *
     * @return true when {@code firstMissing} to {@code lastMissing} are lost.
     */
    public boolean isLoss() {
        return firstMissing <= lastMissing;
    }

    /** The same, which reaches no further than something sound at a position, if that is in its file. */
    LogDamage soundFrom(final Path soundFile, final long soundPosition) {
        return soundFile.equals(file) && soundPosition < end
                ? new LogDamage(
                        file, position, Math.max(position, soundPosition), found, wanted, firstMissing, lastMissing)
                : this;
    }

    /** The same, with which these sequences are lost. */
    LogDamage lacking(final long first, final long last) {
        return new LogDamage(file, position, end, found, wanted, first, last);
    }
}
