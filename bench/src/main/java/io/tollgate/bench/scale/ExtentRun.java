package io.tollgate.bench.scale;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.bench.machine.ForkedRun;
import io.tollgate.examples.workload.Durability;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.WorkloadEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Fills engines in memory completely, in this JVM. Prints {@code ns bytes} after {@value ForkedRun#RESULT}. Small
 * extents are filled repeatedly. Time is the processor time of the thread, so other processes have little influence.
 * Memory is the growth of the resident set, so the heap must be resident from the start.
 */
final class ExtentRun {
    private static final Extent WARM_UP = new Extent(1_000, 2_000);
    private static final long LEAST_POINTS = 1_000_000;
    private static final int MOST_BATCH = 1_000;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int BYTES_PER_KB = 1024;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Extent extent;
    private long spentNs;
    private long bytes;

    private ExtentRun(final Extent extent) {
        this.extent = extent;
    }

    /**
     * Measures an extent.
     *
     * @param arguments the extent.
     * @throws IOException if the resident set cannot be read.
     */
    public static void main(final String... arguments) throws IOException {
        new ExtentRun(WARM_UP).fill();
        System.out.println(ForkedRun.RESULT + new ExtentRun(Extent.of(arguments[0])).run());
    }

    private String run() throws IOException {
        final long rounds = Math.max(1, LEAST_POINTS / extent.pointCount());
        for (long i = 0; i < rounds; i++) {
            fill();
        }
        final double points = (double) extent.pointCount();
        return String.format(
                Locale.ROOT,
                "%.1f %.1f",
                spentNs / points / rounds,
                rounds == 1 && Files.exists(STATUS) ? bytes / points : Double.NaN);
    }

    private void fill() throws IOException {
        final PointStream stream = PointStream.inStep(extent.workload());
        final PointBatch batch = new PointBatch((int) Math.min(MOST_BATCH, extent.pointCount()));
        final long bytesBefore = residentBytes();
        try (WorkloadEngine engine = new WorkloadEngine(extent.workload(), SeriesKind.FLOW, Durability.IN_MEMORY)) {
            for (long i = 0; i < extent.pointCount(); i += batch.length()) {
                stream.next(batch);
                engine.offer(batch);
                final long beganNs = threads.getCurrentThreadCpuTime();
                engine.apply();
                spentNs += threads.getCurrentThreadCpuTime() - beganNs;
            }
            bytes = residentBytes() - bytesBefore;
            requireApplied(engine.engine().admin().statistics().appliedCount());
        }
    }

    /** A refused point has a different cost. */
    private void requireApplied(final long count) {
        if (count < extent.pointCount()) {
            throw new IllegalStateException("extent=" + extent + " applied=" + count + ", expected all points to be"
                    + " applied: use fewer points a series, so that their times are in range");
        }
    }

    /** Returns the resident set of this process in bytes, or 0 if the system does not report it. */
    private static long residentBytes() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_PER_KB)
                .sum();
    }
}
