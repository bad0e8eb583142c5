package io.tollgate.examples.impact.source;

import java.util.Locale;

/** How far a fact was checked, from best to worst. */
public enum Verification {
    /** Against a data file or document. */
    FILE,
    /** Against a published page. */
    PAGE,
    /** A source is named, no check is recorded. */
    CITED,
    /** Not checked: a part of it is from memory. */
    MEMORY;

    /** The word used in files. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the fact was checked, or at least has a source that can be. */
    public boolean isVerified() {
        return this != MEMORY;
    }

    /** The worse of two, which is what a number made from both is worth. */
    public Verification and(final Verification other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /**
     * How far a row of the measures' timeline was checked.
     *
     * @param column what its column {@code verified} says.
     * @param source what its column {@code source} says: one that says "memory" is unverified.
     */
    static Verification of(final String column, final String source) {
        return source.contains("memory") ? MEMORY : valueOf(column.toUpperCase(Locale.ROOT));
    }
}
