package io.tollgate.bench.suite;

import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An engine in memory that is stepped, so one thread does all the work, and the valid time of its points. */
@State(Scope.Thread)
public abstract class SteppedLoad {
    private static final int RING_LENGTH = 1 << 21;

    TollgateEngine engine;
    Publisher publisher;
    long timeNs;

    /** For the benchmarks of this package. */
    protected SteppedLoad() {}

    /** Opens the engine and fills it. */
    @Setup(Level.Trial)
    public void open() {
        engine = TollgateEngine.launch(context(new EngineContext()
                .timesNearEpochAllowed(true)
                .clockMode(ClockMode.EVENT)
                .threadingMode(ThreadingMode.STEPPED)
                .limits(Limits.DEFAULT.withRingLength(RING_LENGTH).withFirstMapEntries(1 << 19))));
        publisher = engine.publisher();
        fill();
    }

    /**
     * Changes the context of the engine; by default it stays the same.
     *
     * @param context to change.
     * @return the context.
     */
    protected EngineContext context(final EngineContext context) {
        return context;
    }

    /** Defines the series and adds the points that exist before the measurement. */
    protected abstract void fill();

    /** Closes the engine. */
    @TearDown(Level.Trial)
    public void close() {
        engine.close();
    }
}
