package io.tollgate.bench.scale;

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
}
