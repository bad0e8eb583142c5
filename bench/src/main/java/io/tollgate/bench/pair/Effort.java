package io.tollgate.bench.pair;

/**
 * Rounds and iterations of a measurement.
 *
 * @param roundCount      number of turns of benchmark and reference; the result is the median ratio.
 * @param iterationCount  measured iterations in a fork.
 * @param iterationMillis length of an iteration in milliseconds.
 */
public record Effort(int roundCount, int iterationCount, int iterationMillis) {
    /**
     * Returns the same effort with another number of rounds.
     *
     * @param count number of turns of benchmark and reference.
     * @return the effort.
     */
    public Effort withRounds(final int count) {
        return new Effort(count, iterationCount, iterationMillis);
    }
}
