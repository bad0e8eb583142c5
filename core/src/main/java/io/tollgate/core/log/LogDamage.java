package io.tollgate.core.log;

import java.nio.file.Path;

/**
 * A place in the log that does not hold what it should.
 *
 * @param file that is damaged.
 * @param position of the damage in the file, in bytes.
 * @param found what stands there, as {@code name=value}.
 * @param wanted what should stand there, as {@code name=value}.
 * @param firstMissing the first sequence that is lost; above {@code lastMissing} where nothing is known to be lost.
 * @param lastMissing the last sequence that is lost.
 */
public record LogDamage(Path file, long position, String found, String wanted, long firstMissing, long lastMissing) {
    /**
     * Whether sequences are known to be lost here: later ones are valid.
     *
     * @return true when {@code firstMissing} to {@code lastMissing} are lost.
     */
    public boolean isLoss() {
        return firstMissing <= lastMissing;
    }
}
