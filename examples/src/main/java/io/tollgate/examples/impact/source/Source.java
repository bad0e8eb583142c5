package io.tollgate.examples.impact.source;

import java.util.Collection;

/**
 * The source of a fact.
 *
 * @param text         publisher, name, date and licence, as far as they are known.
 * @param verification of the fact.
 */
public record Source(String text, Verification verification) {
    /** Returns the source of a number made from both. Its verification is the worse of the two. */
    public Source and(final Source other) {
        return new Source(text + "; " + other.text, verification.and(other.verification));
    }

    /** Returns the source of a number made from all of them; there is at least one. */
    public static Source ofAll(final Collection<Source> sources) {
        return sources.stream().reduce(Source::and).orElseThrow();
    }
}
