package io.tollgate.bench.suite;

import io.tollgate.examples.workload.Durability;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An engine under a workload, all windows full, with a log and three windows a series unless a run says otherwise. */
@State(Scope.Thread)
public abstract class EngineLoad extends FilledEngine {
    private static final int ALL_WINDOWS = 3;

    /** The durability of the engine. */
    @Param("NONE")
    public Durability durability;

    /** Registered windows of each series, the shortest ones. */
    @Param("3")
    public int windowCount = ALL_WINDOWS;

    /** For the benchmarks of this package. */
    protected EngineLoad() {}

    @Override
    protected Durability durability() {
        return durability;
    }

    @Override
    protected int windowCount() {
        return windowCount;
    }
}
