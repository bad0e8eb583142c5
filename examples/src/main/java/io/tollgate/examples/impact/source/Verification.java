package io.tollgate.examples.impact.source;

import java.util.Locale;

/** The verification of a fact, from best to worst. */
public enum Verification {
    /** Checked against a data file or document. */
    FILE,
    /** Checked against a published page. */
    PAGE,
    /** A source is named, but no check is recorded. */
    CITED,
    /** Not checked: partly from memory. */
    MEMORY;

    /** Returns the word used in files. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns true if the fact was checked, or has a source that can be checked. */
    public boolean isVerified() {
        return this != MEMORY;
    }

    /** Returns the worse of two, which applies to a number made from both. */
    public Verification and(final Verification other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /**
     * Returns the verification of a row of the timeline.
     *
     * @param column content of its column {@code verified}.
     * @param source content of its column {@code source}; if it contains "memory", the row is unverified.
     */
    static Verification of(final String column, final String source) {
        return source.contains("memory") ? MEMORY : valueOf(column.toUpperCase(Locale.ROOT));
    }
}
