package io.tollgate.bench.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.report.Footprint;
import io.tollgate.examples.report.TextReport;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ScaleReportTest {
    @Test
    void shouldShowBytesASeriesAndADashWhereTooLittleWasFilled() {
        final List<ExtentResult> bySeries = List.of(
                new ExtentResult(new Extent(1_000, 8), 300, Double.NaN),
                new ExtentResult(new Extent(1_000_000, 8), 500, 95.5));
        final List<ExtentResult> byPoints = List.of(new ExtentResult(new Extent(10, 1_000_000), 250, 60));

        final List<String> lines =
                TextReport.render(ScaleReport.of(bySeries, byPoints)).lines().toList();

        final long few = Math.round(Footprint.bytesPerSeries(8, 3) + Footprint.leftBytesPerSeries(8));
        final long many = Math.round(Footprint.bytesPerSeries(1_000_000, 3) + Footprint.leftBytesPerSeries(1_000_000));
        for (final String row : List.of(
                " *1000 +8 +300 +- +- +" + few,
                " *1,000,000 +8 +500 +96 +764 +" + few,
                " *10 +1,000,000 +250 +60 +60,000,000 +" + String.format(Locale.ROOT, "%,d", many))) {
            assertTrue(lines.stream().anyMatch(line -> line.matches(row)), () -> row + " in " + lines);
        }
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines::toString);
    }

    @Test
    void shouldReadAnExtentAsItIsWritten() {
        final Extent extent = new Extent(10_000_000, 8);

        assertEquals(extent, Extent.of(extent.toString()));
        assertEquals(80_000_000, extent.pointCount());
        assertEquals(10_000_000, extent.workload().seriesCount());
    }
}
