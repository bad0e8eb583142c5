package io.tollgate.bench.scale;

import io.tollgate.core.report.Footprint;

/**
 * What was measured of an extent.
 *
 * @param extent       how much the engine was filled with.
 * @param nsAPoint     time of the processor from the ring to published metrics, the mean over all points.
 * @param bytesAPoint  memory outside the heap, NaN where there is too little of it to tell.
 */
record ExtentResult(Extent extent, double nsAPoint, double bytesAPoint) {
    double bytesASeries() {
        return bytesAPoint * extent.pointsASeries();
    }

    /**
     * What it should be by the layouts: no more is used. A series that has outgrown its first block has left it to
     * others that never came, as all series grow at once here.
     */
    double formulaBytesASeries() {
        final int points = extent.pointsASeries();
        final double left = points > Extent.FIRST_BLOCK_POINTS
                ? Footprint.bytesPerSeries(Extent.FIRST_BLOCK_POINTS, 0) - Footprint.bytesPerSeries(0, 0)
                : 0;
        return Footprint.bytesPerSeries(points, extent.workload().windows().size()) + left;
    }
}
