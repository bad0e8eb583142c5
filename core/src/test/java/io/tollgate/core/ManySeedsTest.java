package io.tollgate.core;

import io.tollgate.api.ClockMode;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The random streams of {@link EngineOracleTest} with more seeds, and the pairs of {@link PairOracleTest}.
 */
@Tag("ci")
class ManySeedsTest {
    @Test
    void shouldAgreeWithTheOracleOnShortStreamsInEveryClockMode() {
        for (final ClockMode mode : ClockMode.values()) {
            new EngineOracleTest().shouldAgreeWithTheOracleAfterEachPointOfShortStreams(mode);
        }
    }

    @Test
    void shouldAgreeWithTheOracleOnLongStreams() {
        new EngineOracleTest().shouldAgreeWithTheOracleInTheMidstOfLongStreams(1_000);
    }

    @RepeatedTest(2)
    void shouldAgreeWithTheOracleOnPairs() {
        new PairOracleTest().shouldAgreeWithTheOracle(false);
        new PairOracleTest().shouldAgreeWithTheOracle(true);
    }
}
