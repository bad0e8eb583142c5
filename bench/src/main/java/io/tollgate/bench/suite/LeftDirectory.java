package io.tollgate.bench.suite;

import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.nio.file.Path;

/** A process that fills a data directory with a point for each of many series, then closes it or is killed. */
public final class LeftDirectory {
    private static final int POINTS_AFTER_CHECKPOINT = 100_000;
    private static final int KILLED_STATUS = 9;

    /** The way the process ends. */
    public enum How {
        /** Closed cleanly. */
        CLOSED(0),
        /** Killed, with some points after the last checkpoint. */
        CHECKPOINT(KILLED_STATUS),
        /** Killed without a checkpoint. */
        KILLED(KILLED_STATUS);

        private final int exitStatus;

        How(final int exitStatus) {
            this.exitStatus = exitStatus;
        }

        /** {@return the exit status of a process that ended this way} */
        int exitStatus() {
            return exitStatus;
        }
    }

    private LeftDirectory() {}

    /**
     * Fills a directory and ends.
     *
     * @param arguments the directory, the number of series, and the way to end.
     */
    public static void main(final String[] arguments) {
        final int seriesCount = Integer.parseInt(arguments[1]);
        final How how = How.valueOf(arguments[2]);
        final TollgateEngine engine = TollgateEngine.launch(new EngineContext()
                .timesNearEpochAllowed(true)
                .directory(Path.of(arguments[0]))
                .clockMode(ClockMode.EVENT));
        final FlowSeries[] series = new FlowSeries[seriesCount];
        long ticket = 0;
        for (int i = 0; i < seriesCount; i++) {
            series[i] = engine.defineFlow(SeriesDefinition.flow("reopened.series." + i, Unit.COUNT, 0));
            ticket = offer(engine, series[i], i);
        }
        engine.awaitApplied(ticket);
        if (how == How.CHECKPOINT) {
            engine.admin().checkpoint();
            for (int i = 0; i < POINTS_AFTER_CHECKPOINT; i++) {
                ticket = offer(engine, series[i % seriesCount], seriesCount + i);
            }
            engine.awaitApplied(ticket);
        }
        if (how == How.CLOSED) {
            engine.close();
        } else {
            Runtime.getRuntime().halt(KILLED_STATUS);
        }
    }

    private static long offer(final TollgateEngine engine, final FlowSeries series, final long timeNs) {
        while (true) {
            final long ticket = engine.publisher().offer(series, timeNs, 1);
            if (ticket != Publisher.BACK_PRESSURED) {
                return ticket;
            }
            Thread.onSpinWait();
        }
    }
}
