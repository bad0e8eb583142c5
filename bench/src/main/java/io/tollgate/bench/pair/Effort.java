package io.tollgate.bench.pair;

/**
 * How much is measured.
 *
 * @param roundCount       how often benchmark and reference take turns; the median of the ratios counts.
 * @param iterationCount   iterations of a fork that are measured.
 * @param iterationMillis  how long each takes.
 */
public record Effort(int roundCount, int iterationCount, int iterationMillis) {
    /**
     * As much, in another number of rounds.
     *
     * @param count how often benchmark and reference take turns.
     * @return the effort.
     */
    public Effort withRounds(final int count) {
        return new Effort(count, iterationCount, iterationMillis);
    }
}
