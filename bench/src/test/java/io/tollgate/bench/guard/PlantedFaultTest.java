package io.tollgate.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.bench.pair.BenchmarkPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole guard over real forks of JMH, with planted faults. */
@Tag("ci")
final class PlantedFaultTest {
    @Test
    void shouldPassWithoutAFaultAndFailOnAPlantedSlowdownAndAPlantedAllocation() {
        final Guard thrice = new Guard(GuardForm.SHORT.effort().withRounds(3), line -> {});
        final Bands bands = Bands.around(thrice.measure(List.of(pair("hot"))));

        final Guard once = new Guard(GuardForm.SHORT.effort().withRounds(1), line -> {});
        assertEquals(List.of(), once.check(List.of(pair("hot")), bands));

        final List<String> slower = once.check(List.of(pair("slower")), bands);
        assertEquals(1, slower.size());
        assertTrue(slower.get(0).contains("it is slower than recorded"), slower::toString);

        assertAllocates(16, once, pair("allocating"), bands);
        assertAllocates(320, once, pair("allocating").allocatingByUnits(1), bands);
    }

    /** Measured only once; the slower benchmark already shows the second measurement. */
    private static void assertAllocates(
            final int bytes, final Guard guard, final BenchmarkPair pair, final Bands bands) {
        final String violation =
                Guard.violation(guard.measure(List.of(pair)).get(0), bands).orElseThrow();
        assertTrue(violation.contains("allocates " + bytes + ".") && violation.contains("B/op"), violation);
    }

    private static BenchmarkPair pair(final String method) {
        return new BenchmarkPair(
                "hot",
                "PlantedBenchmark." + method,
                "PlantedBenchmark.reference",
                Map.of(),
                PlantedBenchmark.OPERATIONS);
    }
}
