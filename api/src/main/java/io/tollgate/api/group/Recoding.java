package io.tollgate.api.group;

import io.tollgate.api.series.Instants;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The change of a code at an instant: it is renamed, split, or merged into codes that other codes go into as well. See
 * {@link Concordance}. Immutable.
 *
 * @param atNs    the first instant of the new codes, in ns since the epoch.
 * @param oldCode the code that ends; it may also be one of the new codes, if a part of it stays.
 * @param parts   the new codes, with their shares of the old code's weight.
 */
public record Recoding(long atNs, String oldCode, List<Part> parts) {
    /**
     * A new code and its share of the old code.
     *
     * @param code  the new code.
     * @param share the share of the old code's weight.
     */
    public record Part(String code, Share share) {
        /**
         * Refuses null.
         *
         * @param code  the new code.
         * @param share the share of the old code's weight.
         */
        public Part {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(share, "share");
        }
    }

    /**
     * Checks the shares.
     *
     * @param atNs    the first instant of the new codes, in ns since the epoch.
     * @param oldCode the code that ends.
     * @param parts   the new codes, with their shares of the old code's weight.
     * @throws IllegalArgumentException if the shares do not add up to exactly 1, or a code is empty or repeated.
     */
    public Recoding {
        Objects.requireNonNull(oldCode, "oldCode");
        Objects.requireNonNull(parts, "parts");
        Instants.requireInRange(atNs);
        parts = List.copyOf(parts);
        final Set<String> codes = new HashSet<>();
        for (final Part part : parts) {
            if (part.code().isEmpty() || oldCode.isEmpty() || !codes.add(part.code())) {
                throw new IllegalArgumentException("oldCode=" + oldCode + " newCode=" + part.code()
                        + ", expected codes of one character at least, each new one once");
            }
        }
        if (!Share.areWhole(parts.stream().map(Part::share).toList())) {
            throw new IllegalArgumentException("oldCode=" + oldCode + " parts=" + parts
                    + ", expected shares that add up to 1 exactly; thirds are 1/3 and not 0.333");
        }
    }

    /**
     * Returns the renaming of a code.
     *
     * @param atNs    the first instant of the new code, in ns since the epoch.
     * @param oldCode the code that ends.
     * @param newCode the code that replaces it.
     * @return the recoding.
     * @throws IllegalArgumentException if a code is empty.
     */
    public static Recoding renamed(final long atNs, final String oldCode, final String newCode) {
        Objects.requireNonNull(newCode, "newCode");
        Objects.requireNonNull(oldCode, "oldCode");
        return of(atNs, oldCode, new Part(newCode, Share.WHOLE));
    }

    /**
     * Returns the split of a code.
     *
     * @param atNs    the first instant of the new codes, in ns since the epoch.
     * @param oldCode the code that ends.
     * @param parts   the new codes, with their shares.
     * @return the recoding.
     * @throws IllegalArgumentException if the shares do not add up to exactly 1, or a code is empty or repeated.
     */
    public static Recoding of(final long atNs, final String oldCode, final Part... parts) {
        Objects.requireNonNull(oldCode, "oldCode");
        Objects.requireNonNull(parts, "parts");
        return new Recoding(atNs, oldCode, List.of(parts));
    }
}
