/**
 * The implementation of {@link io.tollgate.api.Engine}, and its options.
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
 * {@link io.tollgate.core.config}, {@link io.tollgate.core.directory} and {@link io.tollgate.core.report}. The other
 * packages are internal, except {@link io.tollgate.core.file}, which an option uses.
 */
package io.tollgate.core;
