package io.tollgate.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.bench.pair.BenchmarkPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole guard over real forks of JMH, with faults planted. */
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
        assertTrue(slower.get(0).endsWith("it has become slower beside its reference"), slower::toString);

        final List<String> allocating = once.check(List.of(pair("allocating")), bands);
        assertEquals(1, allocating.size());
        assertTrue(
                allocating.get(0).contains("allocates 16.") && allocating.get(0).contains("B/op"),
                allocating::toString);

        final List<String> byUnits = once.check(List.of(pair("allocating").allocatingByUnits(1)), bands);
        assertEquals(1, byUnits.size());
        assertTrue(byUnits.get(0).contains("allocates 320."), byUnits::toString);
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
