package io.tollgate.examples.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StretchTest {
    @ParameterizedTest
    @CsvSource({
        "W2:10, 120, 320, false",
        "W2:10, 120, 321, true",
        "W2:10, 321, 640, false",
        "W2:10, 320, 321, true",
        "W2:200000, 2400000, 6400000, false",
        "W2:200000, 2400000, 6400001, true",
        "W2, 12000000, 32000000, false",
        "W1:10, 120, 321, false",
        "W3, 120, 1000000000, false",
        "W6:10, 120, 321, false"
    })
    void shouldHaveNoFigureWhereAllSeriesNeedAnotherBlockAtOnce(
            final String name, final long from, final long to, final boolean isAcross) {
        assertEquals(isAcross, new Stretch(Workload.named(name), from, to).isAcrossBlocks());
    }

    @Test
    void shouldSayHowFarItWent() {
        final Stretch stretch = new Stretch(Workload.named("W2:200000"), 2_400_000, 7_600_000);
        assertEquals(5_200_000, stretch.length());
        assertEquals(
                "workload=W2:200000 measured from 12 to 38 points a series, expected no full block of 32 points"
                        + " in between, because all series would need another block at once; use more series or"
                        + " fewer points",
                stretch.reason());
    }
}
