package io.tollgate.bench.suite;

import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The points of one window of each series in a plain array, for a scan that sums them at each read. */
@State(Scope.Thread)
public class PlainPoints {
    private static final int DAY_POINTS = 1_440;

    /** The workload. */
    @Param("W1")
    public String workload;

    private double[][] values;
    private SeriesOrder order;

    /** Called by JMH. */
    public PlainPoints() {}

    /** Fills the arrays. */
    @Setup(Level.Trial)
    public void fill() {
        final Workload load = Workload.named(workload);
        final PointStream stream = new PointStream(load);
        final PointBatch batch = new PointBatch(DAY_POINTS);
        order = new SeriesOrder(load.seriesCount());
        values = new double[load.seriesCount()][];
        for (int i = 0; i < values.length; i++) {
            stream.next(batch);
            values[i] = batch.values.clone();
        }
    }

    double mean() {
        double sum = 0;
        for (final double value : values[order.next()]) {
            sum += value;
        }
        return sum / DAY_POINTS;
    }
}
