/**
 * The engine behind {@link io.tollgate.api.Engine}, and its options.
 *
 * <pre>
 *  any thread          one thread, the only writer                                 any thread
 *  RingPublisher ─▶ ring ─▶ EngineAgent ─▶ PointAdmission ─▶ OperationJournal       SeriesReader
 *    (ingest)              (writer)        (admit)            │ frame to the log    (read) version, record, blocks,
 *                          commands ─▶      stamp, refuse     ▼ then applied        version again
 *                                                     OperationApplier ────────▶ store ◀────┘
 *                                                     (apply)
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.core.TollgateEngine#launch(EngineContext)}. Programs use this package,
 * {@link io.tollgate.core.config}, {@link io.tollgate.core.directory} and {@link io.tollgate.core.report}. All others
 * are internal, but for {@link io.tollgate.core.file} beneath an option.
 */
package io.tollgate.core;
