package io.tollgate.examples.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StretchTest {
    @ParameterizedTest
    @CsvSource({
        "W2:10, 0, 760, false",
        "W2:10, 120, 760, false",
        "W2:10, 120, 761, true",
        "W2:10, 761, 1080, false",
        "W2:10, 760, 761, true",
        "W2:10, 1080, 1081, true",
        "W2:200000, 2400000, 15200000, false",
        "W2:200000, 2400000, 15200001, true",
        "W2, 12000000, 76000000, false",
        "W1:10, 120, 761, false",
        "W3, 120, 1000000000, false",
        "W6:10, 120, 761, false"
    })
    void shouldHaveNoFigureWhereAllSeriesNeedAnotherBlockAtOnce(
            final String name, final long from, final long to, final boolean isAcross) {
        assertEquals(isAcross, new Stretch(Workload.named(name), from, to).isAcrossBlocks());
    }

    @Test
    void shouldSayHowFarItWent() {
        final Stretch stretch = new Stretch(Workload.named("W2:200000"), 2_400_000, 15_600_000);
        assertEquals(13_200_000, stretch.length());
        assertEquals(
                "workload=W2:200000 measured from 12 to 78 points a series, expected no full block in between,"
                        + " because all series would need another block at once; use more series or fewer points",
                stretch.reason());
    }
}
