/**
 * The engine: how the packages below are put together.
 *
 * <pre>
 *  any thread          one thread, the only writer                                 any thread
 *  RingPublisher ─▶ ring ─▶ EngineAgent ─▶ PointAdmission ─▶ OperationJournal       SeriesReader
 *                           commands ─▶      stamp, refuse     │ frame to the log    version, record, blocks,
 *                                                              ▼ then applied        version again
 *                                                     OperationApplier ────────▶ store ◀────┘
 *                                                      PointTree, WindowStates
 * </pre>
 *
 * <p>{@link io.tollgate.core.TollgateEngine#launch(EngineContext)} is where it begins. A second, background thread
 * makes maps and log segments ahead of need; an engine may also be stepped by its caller, without any thread.
 *
 * <p>An engine is one writer ({@code EngineWriter}) over one store, one log and one clock ({@code EngineResources}).
 */
package io.tollgate.core;
