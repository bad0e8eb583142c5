package io.tollgate.examples.impact.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Status;
import org.junit.jupiter.api.Test;

final class WeightedAverageTest {
    private static final int SCALE = 6;
    private static final long ONE = 1_000_000;

    @Test
    void shouldWeightRatesAsInTheGlossaryOfTheWto() {
        final WeightedAverage average = new WeightedAverage(SCALE);
        average.add(10, 50 * ONE);
        average.add(100, 10 * ONE);
        average.add(1_000, 0);
        average.add(100, 20 * ONE);

        assertEquals(new Amount(3_500.0 / 1_210, Status.OK, "PERCENT"), average.value("PERCENT"));
        assertEquals(1_210, average.coveredWeight());
    }

    @Test
    void shouldRenormaliseAndSayPartialWhereARateIsUnknown() {
        final WeightedAverage average = new WeightedAverage(SCALE);
        average.add(60, 50 * ONE);
        average.addUnknown(40);

        assertEquals(new Amount(50, Status.PARTIAL, "PERCENT"), average.value("PERCENT"));
        assertEquals(60, average.coveredWeight());
        assertEquals(100, average.totalWeight());
        assertEquals(1, average.knownCount());
    }

    @Test
    void shouldBeEmptyWithoutWeight() {
        final WeightedAverage average = new WeightedAverage(SCALE);
        average.add(0, 50 * ONE);
        average.addUnknown(40);

        final Amount value = average.value("PERCENT");

        assertEquals(Status.EMPTY, value.status());
        assertTrue(Double.isNaN(value.value()));
        assertEquals("", value.text());
    }

    @Test
    void shouldStayExactBeyondTheRangeOfALong() {
        final WeightedAverage average = new WeightedAverage(SCALE);
        final long weight = Long.MAX_VALUE / 4;
        average.add(weight, 145 * ONE);
        average.add(weight, 30 * ONE);

        assertEquals(87.5, average.value("PERCENT").value());
    }
}
