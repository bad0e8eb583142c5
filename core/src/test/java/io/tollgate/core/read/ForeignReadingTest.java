package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Status;
import io.tollgate.core.fixture.PairFixture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A reading works its metrics out in the memory of the reader that made it: no other one fills it. */
final class ForeignReadingTest extends PairFixture {
    @Test
    void shouldFillOnlyReadingsOfItsOwn() {
        final Pair pair = Pair.asOf(step("x", X), step("y", Y));
        final MetricReader other = engine.newReader();
        final List<Executable> reads = List.of(
                () -> reader.read(pair.x(), days(6), END, other.newReading()),
                () -> reader.readLevel(step("y"), END, other.newLevelReading()),
                () -> reader.readPending(step("y"), END, other.newPendingReading(1)),
                () -> reader.readPair(pair, days(6), END, other.newPairReading()),
                () -> reader.readLags(pair, days(6), END, other.newLagReading(new LagRange(0, 0, 1, false))));
        for (final Executable read : reads) {
            assertEquals(
                    "reading=that of another reader, expected one that this reader made",
                    assertThrows(IllegalArgumentException.class, read).getMessage());
        }
        read(pair, days(6), END);
        assertEquals(Status.PARTIAL, reading.status(PairMetric.CORRELATION), "its own are filled as before");
    }
}
