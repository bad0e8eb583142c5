package io.tollgate.core;

import io.tollgate.core.log.LogDamage;
import io.tollgate.core.store.StoreDamage;
import java.nio.file.Path;

/**
 * A place in a data directory that does not hold what it should.
 *
 * @param file     that is damaged.
 * @param position of the damage in the file, in bytes.
 * @param found    what stands there.
 * @param wanted   what should stand there.
 */
public record Damage(Path file, long position, String found, String wanted) {
    static Damage of(final LogDamage damage) {
        return new Damage(damage.file(), damage.position(), damage.found(), damage.wanted());
    }

    static Damage of(final StoreDamage damage) {
        return new Damage(damage.file(), damage.position(), damage.found(), damage.wanted());
    }

    /**
     * The damage in one line.
     *
     * @return what and where.
     */
    @Override
    public String toString() {
        return "file=" + file + " position=" + position + ": found " + found + ", expected " + wanted;
    }
}
