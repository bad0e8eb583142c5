package io.tollgate.bench.latency;

import io.tollgate.bench.workload.PointBatch;
import io.tollgate.bench.workload.PointStream;
import io.tollgate.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All rates of one contender: it is filled and warmed up at full speed, its maximum is measured, and then shares of
 * that are sent, each after a warm-up of its own that is not recorded.
 */
final class Sweep {
    private static final int CHUNK = 200_000;
    private static final double WARMUP_SHARE = 0.25;
    private static final int PERCENT = 100;
    private static final int MOST_POINTS = 40_000_000;

    private final Workload workload;
    private final PointStream stream;
    private final int seconds;
    private final Consumer<String> progress;

    Sweep(final Workload workload, final int seconds, final Consumer<String> progress) {
        this.workload = workload;
        this.seconds = seconds;
        this.progress = progress;
        stream = new PointStream(workload);
    }

    /** Runs all shares of the maximum. */
    List<Run> run(final String name, final Contender contender, final List<Integer> percents) {
        final OpenLoop loop = new OpenLoop(contender, workload.windows().size());
        for (long i = 0; i < workload.fillLength(); i += CHUNK) {
            loop.saturate(draw(CHUNK));
        }
        final double maximum = maximum(loop);
        progress.accept(name + ": at most " + Math.round(maximum) + " points/s");
        final List<Run> runs = new ArrayList<>();
        for (final int percent : percents) {
            final double rate = maximum * percent / PERCENT;
            loop.run(draw(rate * seconds * WARMUP_SHARE), rate, new OpenLoop.Latencies());
            final OpenLoop.Latencies latencies = new OpenLoop.Latencies();
            loop.run(draw(rate * seconds), rate, latencies);
            runs.add(new Run(name, percent, rate, latencies));
            progress.accept(name + ": " + percent + "% done");
        }
        return runs;
    }

    private double maximum(final OpenLoop loop) {
        final double estimate = loop.saturate(draw(CHUNK));
        loop.saturate(draw(estimate * seconds * WARMUP_SHARE));
        return loop.saturate(draw(estimate * seconds));
    }

    /** Draws points ahead of a run: drawing one costs about as much as sending it. */
    private PointBatch draw(final double length) {
        final PointBatch points = new PointBatch((int) Math.max(1, Math.min(length, MOST_POINTS)));
        stream.next(points);
        return points;
    }
}
