package io.tollgate.examples.latency;

import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Stretch;
import io.tollgate.examples.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Rising rates, up to the knee. A contender is filled and warmed up at full speed, and its maximum is measured. Then it
 * receives shares of the maximum, each after a warm-up that is not recorded.
 */
final class Sweep {
    private static final int CHUNK = 200_000;
    private static final double WARMUP_SHARE = 0.25;
    private static final double PERCENT = 100;
    private static final int MOST_POINTS = 40_000_000;
    private static final int BYTES_PER_POINT = 28;
    /** Points drawn in advance may use the heap divided by this number. */
    private static final int HEAP_SHARE = 8;

    private final Workload workload;
    private final PointStream stream;
    private final double seconds;
    private final LongSupplier clockNs;
    private final Consumer<String> progress;
    private long filledLength;

    /**
     * Creates a sweep of one workload.
     *
     * @param workload to send.
     * @param seconds  duration of the recorded load at each rate.
     * @param clockNs  monotonic clock.
     * @param progress receives a line for each step.
     */
    Sweep(final Workload workload, final double seconds, final LongSupplier clockNs, final Consumer<String> progress) {
        this.workload = workload;
        this.seconds = seconds;
        this.clockNs = clockNs;
        this.progress = progress;
        stream = new PointStream(workload);
    }

    /** Runs rising shares of the maximum. Shares above the half end with the first that is past the knee. */
    LoadProfile run(final ContenderName name, final Contender contender, final List<Integer> percents) {
        final OpenLoop loop = new OpenLoop(contender, workload.windows().size(), clockNs);
        final int chunk = (int) Math.min(CHUNK, workload.fillLength());
        for (long sent = 0; sent < workload.fillLength(); sent += chunk) {
            loop.saturate(draw(chunk));
            progress.accept(name + ": fills its windows, " + Math.min(100, (sent + chunk) * 100 / workload.fillLength())
                    + " %");
        }
        filledLength = stream.length();
        progress.accept(name + ": at full speed");
        final double maximum = maximum(loop, chunk);
        final List<Run> runs = new ArrayList<>();
        for (final int percent : percents) {
            final double rate = maximum * percent / PERCENT;
            progress.accept(name + ": " + Math.round(rate) + " points/s, " + percent + " % of its maximum");
            loop.run(draw(rate * seconds * WARMUP_SHARE), rate, new Latencies());
            final Latencies latencies = new Latencies();
            final double seen = loop.run(draw(rate * seconds), rate, latencies);
            runs.add(new Run(percent, rate, seen, latencies));
            final boolean isPastKnee = LoadProfile.isPastKnee(runs.get(0), runs.get(runs.size() - 1));
            if (isPastKnee && percent >= LoadProfile.HEADLINE_PERCENT) {
                break;
            }
        }
        return new LoadProfile(name, maximum, runs);
    }

    /** Returns all points sent after those that fill the windows. */
    Stretch measured() {
        return new Stretch(workload, filledLength, stream.length());
    }

    private double maximum(final OpenLoop loop, final int chunk) {
        final double estimate = loop.saturate(draw(chunk));
        loop.saturate(draw(estimate * seconds * WARMUP_SHARE));
        return loop.saturate(draw(estimate * seconds));
    }

    /** Draws the points of a run in advance, because drawing a point costs about as much as sending it. */
    private PointBatch draw(final double length) {
        final double room =
                Math.min(MOST_POINTS, (double) Runtime.getRuntime().maxMemory() / HEAP_SHARE / BYTES_PER_POINT);
        final PointBatch points = new PointBatch((int) Math.max(1, Math.min(length, room)));
        stream.next(points);
        return points;
    }
}
