package io.tollgate.bench.scale;

import io.tollgate.core.report.Footprint;

/**
 * The result for one extent.
 *
 * @param extent      the size of the engine.
 * @param nsAPoint    processor time from the ring to published metrics, the mean over all points.
 * @param bytesAPoint memory outside the heap, NaN if it is too little to measure.
 */
record ExtentResult(Extent extent, double nsAPoint, double bytesAPoint) {
    double bytesASeries() {
        return bytesAPoint * extent.pointsASeries();
    }

    /**
     * Returns the bytes by the layouts, an upper bound of the memory in use. A series that outgrows a block frees it
     * for other series. Here all series grow at the same time, so the freed blocks stay unused and are counted too.
     */
    double formulaBytesASeries() {
        final int points = extent.pointsASeries();
        return Footprint.bytesPerSeries(points, extent.workload().windows().size())
                + Footprint.leftBytesPerSeries(points);
    }
}
