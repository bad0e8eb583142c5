/**
 * Other ways to the same numbers, on the same points: what a point costs, and who is right at the end. Each
 * {@link Peer} runs in a JVM of its own, started by {@link PeersCommand}.
 */
package io.tollgate.bench.peers;
