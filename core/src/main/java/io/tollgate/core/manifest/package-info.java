/**
 * The files of a data directory apart from log and store: the manifest, which records the state of the directory, the
 * lock and the counters.
 *
 * <pre>
 *   DIR/ manifest        identity, state, start of the log, newest checkpoint, seal of the closed store, log positions
 *        engine.lock     locked by the engine, the recovery or the check that works on the directory
 *        counters        counters of the engine, read by other processes; holds no data
 *        log/            the operation log
 *        store/          the store; a cache while the engine runs, sealed after a clean close
 *        checkpoint-N/   a sealed store that includes the log up to operation N
 * </pre>
 *
 * <p>Internal. Begin reading at {@code Manifest}.
 */
package io.tollgate.core.manifest;
