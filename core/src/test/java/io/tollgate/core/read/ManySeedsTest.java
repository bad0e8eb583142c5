package io.tollgate.core.read;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.core.oracle.EngineOracleTest;
import io.tollgate.core.oracle.PairOracleTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The random streams of {@link EngineOracleTest} with more seeds, and the pairs of {@link PairOracleTest}. */
@Tag("ci")
class ManySeedsTest {
    private static final class Streams extends EngineOracleTest {
        @Override
        public String seedName() {
            return "many streams";
        }
    }

    private static final class Pairs extends PairOracleTest {
        @Override
        public String seedName() {
            return "many pairs";
        }
    }

    @Test
    void shouldAgreeWithTheOracleOnShortStreamsInEveryClockMode() {
        for (final ClockMode mode : ClockMode.values()) {
            new Streams().shouldAgreeWithTheOracleAfterEachPointOfShortStreams(mode);
        }
    }

    @Test
    void shouldAgreeWithTheOracleOnLongStreams() {
        new Streams().shouldAgreeWithTheOracleDuringLongStreams(1_000);
    }

    @Test
    void shouldAgreeWithTheOracleOnPairs() {
        new Pairs().shouldAgreeWithTheOracle(false);
        new Pairs().shouldAgreeWithTheOracle(true);
    }
}
