package io.tollgate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarksTest {
    @ParameterizedTest
    @CsvSource({
        "'', -prof gc",
        "Apply -p workload=W1, Apply -p workload=W1 -prof gc",
        "Apply -prof perfnorm, Apply -prof perfnorm -prof gc",
        "-prof gc Apply, -prof gc Apply",
        "Apply -prof gc:churn=true, Apply -prof gc:churn=true",
        "-h, -h"
    })
    void shouldCountAllocationsInEveryRunOnce(final String given, final String expected) {
        final String[] arguments = given.isEmpty() ? new String[0] : given.split(" ");

        assertEquals(expected, String.join(" ", Benchmarks.withAllocations(arguments)));
    }
}
