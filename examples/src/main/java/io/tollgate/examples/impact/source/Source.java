package io.tollgate.examples.impact.source;

import java.util.Collection;

/**
 * Where a fact is from.
 *
 * @param text         publisher, name, date, licence, as far as they are known.
 * @param verification how far the fact was checked.
 */
public record Source(String text, Verification verification) {
    /** What a number made from both is from: as far checked as the worse of them. */
    public Source and(final Source other) {
        return new Source(text + "; " + other.text, verification.and(other.verification));
    }

    /** What a number made from all of them, at least one, is from. */
    public static Source ofAll(final Collection<Source> sources) {
        return sources.stream().reduce(Source::and).orElseThrow();
    }
}
