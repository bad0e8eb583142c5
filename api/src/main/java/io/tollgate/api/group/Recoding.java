package io.tollgate.api.group;

import io.tollgate.api.series.Instants;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What becomes of a code at an instant: it is renamed, divided, or goes into codes that others go into as well. See
 * {@link Concordance}. Immutable.
 *
 * @param atNs    the first instant at which the new codes hold, in ns since the epoch.
 * @param oldCode the code that does not hold any more; it may be among the new ones, where a part stays.
 * @param parts   the new codes, with the share of what was under the old one.
 */
public record Recoding(long atNs, String oldCode, List<Part> parts) {
    /**
     * A new code and what of the old one goes into it.
     *
     * @param code  the new code.
     * @param share of the old code's weight.
     */
    public record Part(String code, Share share) {
        /**
         * Refuses null.
         *
         * @param code  the new code.
         * @param share of the old code's weight.
         */
        public Part {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(share, "share");
        }
    }

    /**
     * Checks the shares.
     *
     * @param atNs    the first instant at which the new codes hold.
     * @param oldCode the code that does not hold any more.
     * @param parts   the new codes, with their shares.
     * @throws IllegalArgumentException if the shares do not add up to 1 exactly, or a code is empty or named twice.
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
     * A code with another name.
     *
     * @param atNs    the first instant at which the new one holds.
     * @param oldCode the code that does not hold any more.
     * @param newCode the code instead of it.
     * @return the recoding.
     * @throws IllegalArgumentException if a code is empty.
     */
    public static Recoding renamed(final long atNs, final String oldCode, final String newCode) {
        Objects.requireNonNull(newCode, "newCode");
        Objects.requireNonNull(oldCode, "oldCode");
        return of(atNs, oldCode, new Part(newCode, Share.WHOLE));
    }

    /**
     * A code that is divided.
     *
     * @param atNs    the first instant at which the new ones hold.
     * @param oldCode the code that does not hold any more.
     * @param parts   the new codes, with their shares.
     * @return the recoding.
     * @throws IllegalArgumentException if the shares do not add up to 1 exactly, or a code is empty or named twice.
     */
    public static Recoding of(final long atNs, final String oldCode, final Part... parts) {
        Objects.requireNonNull(oldCode, "oldCode");
        Objects.requireNonNull(parts, "parts");
        return new Recoding(atNs, oldCode, List.of(parts));
    }
}
