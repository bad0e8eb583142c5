/**
 * The data directory: which files it has, and its manifest, the one file that says what state the others are in.
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
 * <p>Internal. Begin reading at {@link io.tollgate.core.directory.Manifest}.
 */
package io.tollgate.core.directory;
