package io.tollgate.api.series;

import io.tollgate.api.Engine;
import io.tollgate.api.SeriesCatalog;
import java.time.Duration;
import java.util.Objects;

/**
 * How much of the history of a series is kept when the rest is {@linkplain SeriesCatalog#retain forgotten}. The history
 * are the versions that count no more, as they were revised or withdrawn. Points that count, pending ones too, are not
 * part of it and are always kept. Immutable.
 *
 * <p>The <em>horizon</em> of a series is the latest end of a version that was forgotten: the knowledge time at which it
 * was revised or withdrawn. As known at the horizon or later every answer is what it was, bit for bit; as known at an
 * earlier instant every answer is {@link Status#FORGOTTEN}. A series of which nothing was forgotten has no horizon.
 */
public sealed interface Retention {
    /**
     * Keeps what was revised or withdrawn within a time before the engine's {@linkplain Engine#now() now}.
     *
     * @param age of what is kept, 0 or more; a day is exactly 24 h.
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
     * Keeps what was revised or withdrawn after an instant.
     *
     * @param knowledgeTimeNs the instant: as known then and later, every answer stays.
     * @return the retention.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    static Since since(final long knowledgeTimeNs) {
        return new Since(knowledgeTimeNs);
    }

    /**
     * Keeps the versions of each series that were revised or withdrawn last. Where several ended at one instant, all of
     * them are kept or none, so that there may be fewer.
     *
     * @param count how many at most, 0 or more.
     * @return the retention.
     * @throws IllegalArgumentException if the count is below 0.
     */
    static Versions versions(final long count) {
        return new Versions(count);
    }

    /**
     * Keeps by age.
     *
     * @param ageNs of what is kept, 0 or more.
     */
    record Age(long ageNs) implements Retention {
        /**
         * Checks the age.
         *
         * @param ageNs of what is kept, 0 or more.
         * @throws IllegalArgumentException if it is below 0.
         */
        public Age {
            if (ageNs < 0) {
                throw new IllegalArgumentException("ageNs=" + ageNs + ", expected 0 or more");
            }
        }
    }

    /**
     * Keeps from an instant on.
     *
     * @param knowledgeTimeNs the instant.
     */
    record Since(long knowledgeTimeNs) implements Retention {
        /**
         * Checks the instant.
         *
         * @param knowledgeTimeNs the instant.
         * @throws IllegalArgumentException if it is out of range.
         */
        public Since {
            Instants.requireInRange(knowledgeTimeNs);
        }
    }

    /**
     * Keeps by count.
     *
     * @param count how many at most, 0 or more.
     */
    record Versions(long count) implements Retention {
        /**
         * Checks the count.
         *
         * @param count how many at most, 0 or more.
         * @throws IllegalArgumentException if it is below 0.
         */
        public Versions {
            if (count < 0) {
                throw new IllegalArgumentException("versions=" + count + ", expected 0 or more");
            }
        }
    }
}
