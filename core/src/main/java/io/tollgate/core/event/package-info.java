/**
 * Events for the flight recorder of the JDK: slow or rare work of an engine, never single points.
 *
 * <pre>
 *   EngineEvents ─▶ OpeningEvent, CheckpointEvent, MapGrowthEvent                     one object for each event
 *                └▶ SegmentChangeEvent, BackPressureEvent, RefusalStormEvent,         one object for each engine,
 *                   BatchEvent, SlowStepEvent                                         used again
 * </pre>
 *
 * <p>The classes of the events may be loaded only if the runtime has the module {@code jdk.jfr}, so {@code
 * EngineEvents} makes them. Other packages may name them in fields and variables; the JVM then does not load them.
 *
 * <p>Internal. Begin reading at {@code EngineEvents}.
 */
package io.tollgate.core.event;
