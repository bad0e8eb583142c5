/**
 * The engine: how the packages below are put together.
 *
 * <pre>
 *  any thread          thread of one shard, its only writer                        any thread
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
 * <p>An engine has one shard or several ({@link io.tollgate.core.EngineContext#shardCount(int)}). Each has all of the
 * above but publisher and reader for itself: {@code ShardWorker} over {@code EngineShard}. They share the time that
 * readers see ({@code EngineTime}), and their fate ({@code EngineState}).
 */
package io.tollgate.core;
