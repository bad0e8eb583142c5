package io.tollgate.core.report;

import io.tollgate.core.log.LogDamage;
import io.tollgate.core.store.memory.StoreDamage;
import java.nio.file.Path;

/**
 * A damaged place in a data directory.
 *
 * @param file     that is damaged.
 * @param position of the damage in the file, in bytes.
 * @param found    the content found.
 * @param wanted   the content expected.
 */
public record Damage(Path file, long position, String found, String wanted) {
    /**
     * Converts a damage of the log.
     *
     * @param damage found by a replay.
     * @return the converted damage.
     */
    public static Damage of(final LogDamage damage) {
        return new Damage(damage.file(), damage.position(), damage.found(), damage.wanted());
    }

    /**
     * Converts a damage of a closed store.
     *
     * @param damage found by a comparison with its seal.
     * @return the converted damage.
     */
    public static Damage of(final StoreDamage damage) {
        return new Damage(damage.file(), damage.position(), damage.found(), damage.wanted());
    }

    /**
     * Formats the damage in one line.
     *
     * @return file, position, found and expected content.
     */
    @Override
    public String toString() {
        return "file=" + file + " position=" + position + ": found " + found + ", expected " + wanted;
    }
}
