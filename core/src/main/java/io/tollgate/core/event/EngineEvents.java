package io.tollgate.core.event;

/**
 * Makes the events. A method returns null if the runtime has no module {@code jdk.jfr}, or if no recording has the
 * event enabled and it is made for one use. Any thread.
 */
public final class EngineEvents {
    private static final boolean IS_AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private EngineEvents() {}

    /** Begins the opening of a data directory; null if it is not recorded. */
    public static OpeningEvent beginOpening() {
        return IS_AVAILABLE ? OpeningEvent.begun() : null;
    }

    /** Begins a checkpoint; null if it is not recorded. */
    public static CheckpointEvent beginCheckpoint() {
        return IS_AVAILABLE ? CheckpointEvent.begun() : null;
    }

    /** Begins the making of a map; null if it is not recorded. */
    public static MapGrowthEvent beginMapGrowth() {
        return IS_AVAILABLE ? MapGrowthEvent.begun() : null;
    }

    /** Returns a reusable event; null if there is no flight recorder. */
    public static SegmentChangeEvent segmentChange() {
        return IS_AVAILABLE ? new SegmentChangeEvent() : null;
    }

    /** Returns a reusable event; null if there is no flight recorder. */
    public static BackPressureEvent backPressure() {
        return IS_AVAILABLE ? new BackPressureEvent() : null;
    }

    /** Returns a reusable event; null if there is no flight recorder. */
    public static RefusalStormEvent refusalStorm() {
        return IS_AVAILABLE ? new RefusalStormEvent() : null;
    }

    /** Returns a reusable event; null if there is no flight recorder. */
    public static BatchEvent batch() {
        return IS_AVAILABLE ? new BatchEvent() : null;
    }

    /** Returns a reusable event; null if there is no flight recorder. */
    public static SlowStepEvent slowStep() {
        return IS_AVAILABLE ? new SlowStepEvent() : null;
    }
}
