package io.tollgate.core.log;

import java.nio.file.Path;

/**
 * A damaged place in the log.
 *
 * @param file that is damaged.
 * @param position of the damage in the file, in bytes.
 * @param end end of the damaged bytes; valid bytes follow. It is {@code position} if only earlier bytes are missing,
 *     and the end of the file if no valid bytes follow.
 * @param found the bytes found, as {@code name=value}.
 * @param wanted the bytes expected, as {@code name=value}.
 * @param firstMissing the first lost sequence; greater than {@code lastMissing} if no sequence is known to be lost.
 * @param lastMissing the last lost sequence.
 */
public record LogDamage(
        Path file, long position, long end, String found, String wanted, long firstMissing, long lastMissing) {
    /**
     * Returns true if sequences are known to be lost here, because later ones are valid.
     *
     * @return true if {@code firstMissing} to {@code lastMissing} are lost.
     */
    public boolean isLoss() {
        return firstMissing <= lastMissing;
    }

    /** Returns this damage, shortened to end at a valid position if that position is in the same file. */
    LogDamage soundFrom(final Path soundFile, final long soundPosition) {
        return soundFile.equals(file) && soundPosition < end
                ? new LogDamage(
                        file, position, Math.max(position, soundPosition), found, wanted, firstMissing, lastMissing)
                : this;
    }

    /** Returns this damage with the given range of lost sequences. */
    LogDamage lacking(final long first, final long last) {
        return new LogDamage(file, position, end, found, wanted, first, last);
    }
}
