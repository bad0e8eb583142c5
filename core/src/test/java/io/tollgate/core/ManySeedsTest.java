package io.tollgate.core;

import io.tollgate.api.ClockMode;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/**
 * The random streams of {@link EngineOracleTest} with more seeds, and the pairs of {@link PairOracleTest}.
 */
@Tag("ci")
class ManySeedsTest {
    @RepeatedTest(2)
    void shouldAgreeWithTheOracleOnShortStreamsInEveryClockMode() {
        for (final ClockMode mode : ClockMode.values()) {
            new EngineOracleTest().shouldAgreeWithTheOracleAfterEachPointOfShortStreams(mode);
        }
    }

    @RepeatedTest(2)
    void shouldAgreeWithTheOracleOnLongStreams() {
        new EngineOracleTest().shouldAgreeWithTheOracleInTheMidstOfLongStreams(1_000);
    }

    @RepeatedTest(4)
    void shouldAgreeWithTheOracleOnPairs() {
        new PairOracleTest().shouldAgreeWithTheOracle(false);
        new PairOracleTest().shouldAgreeWithTheOracle(true);
    }
}
