/**
 * The way in: {@link io.tollgate.core.ingest.RingPublisher} turns points into operations on the engine's
 * ring, from any number of threads.
 */
package io.tollgate.core.ingest;
