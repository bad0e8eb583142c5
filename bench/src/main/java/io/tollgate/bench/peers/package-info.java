/**
 * Other ways to compute the same numbers from the same points: the cost of a point, and the correctness of the final
 * answers. {@link PeersCommand} starts each {@link Peer} in a separate JVM.
 */
package io.tollgate.bench.peers;
