/**
 * Ingestion: points of any number of threads become operations on the ring of the engine.
 *
 * <pre>
 *   RingPublisher.offer ─ claim, commit ─▶ ring       StagedBatch.offer ─▶ BatchSlot ─ commit: one record on the ring
 * </pre>
 *
 * <p>Internal. Begin reading at {@code RingPublisher}.
 */
package io.tollgate.core.ingest;
