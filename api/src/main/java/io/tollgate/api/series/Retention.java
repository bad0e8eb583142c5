package io.tollgate.api.series;

import io.tollgate.api.Engine;
import io.tollgate.api.SeriesCatalog;
import java.time.Duration;
import java.util.Objects;

/**
 * The part of the history that {@link SeriesCatalog#retain} keeps. The history consists of the versions that are no
 * longer current because they were revised or withdrawn. Current points, including pending ones, are not part of it and
 * always stay. Immutable.
 *
 * <pre>{@code
 * engine.series().retain("tariff.*", Retention.age(Duration.ofDays(400)));
 * }</pre>
 *
 * <p>The <em>retention horizon</em> of a series is the latest knowledge time at which a deleted version was revised or
 * withdrawn. Answers as of the horizon or later are bit-identical to those before the deletion. Answers as of an
 * earlier time are {@link Status#FORGOTTEN}. A series without deleted versions has no horizon.
 */
public sealed interface Retention {
    /**
     * Keeps versions that were revised or withdrawn within a time before the engine's {@linkplain Engine#now() now}.
     *
     * @param age the time, 0 or more; a day has exactly 24 h.
     * @return the retention.
     * @throws IllegalArgumentException if the age is below 0, or longer than 2^63 - 1 ns (292 years).
     */
    static Age age(final Duration age) {
        Objects.requireNonNull(age, "age");
        try {
            return new Age(age.toNanos());
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("age=" + age + ", expected at most 292 years", e);
        }
    }

    /**
     * Keeps versions that were revised or withdrawn after an instant. Answers as of this instant or later stay the
     * same.
     *
     * @param knowledgeTimeNs the instant in ns.
     * @return the retention.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    static Since since(final long knowledgeTimeNs) {
        return new Since(knowledgeTimeNs);
    }

    /**
     * Keeps the versions of each series that were revised or withdrawn last. Versions that ended at the same instant
     * are all kept or all deleted, so fewer than the given number may stay.
     *
     * @param count largest number of versions, 0 or more.
     * @return the retention.
     * @throws IllegalArgumentException if the count is below 0.
     */
    static Versions versions(final long count) {
        return new Versions(count);
    }

    /**
     * Keeps versions by age.
     *
     * @param ageNs age in ns, 0 or more.
     */
    record Age(long ageNs) implements Retention {
        /**
         * Checks the age.
         *
         * @param ageNs age in ns, 0 or more.
         * @throws IllegalArgumentException if it is below 0.
         */
        public Age {
            if (ageNs < 0) {
                throw new IllegalArgumentException("ageNs=" + ageNs + ", expected 0 or more");
            }
        }
    }

    /**
     * Keeps versions from an instant on.
     *
     * @param knowledgeTimeNs the instant in ns.
     */
    record Since(long knowledgeTimeNs) implements Retention {
        /**
         * Checks the instant.
         *
         * @param knowledgeTimeNs the instant in ns.
         * @throws IllegalArgumentException if it is out of range.
         */
        public Since {
            Instants.requireInRange(knowledgeTimeNs);
        }
    }

    /**
     * Keeps versions by number.
     *
     * @param count largest number of versions, 0 or more.
     */
    record Versions(long count) implements Retention {
        /**
         * Checks the count.
         *
         * @param count largest number of versions, 0 or more.
         * @throws IllegalArgumentException if it is below 0.
         */
        public Versions {
            if (count < 0) {
                throw new IllegalArgumentException("versions=" + count + ", expected 0 or more");
            }
        }
    }
}
