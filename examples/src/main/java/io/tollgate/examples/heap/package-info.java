/**
 * Three programs one would write instead of an engine: {@link HeapFloor}, the minimum; {@link CarefulHeap},
 * hand-written with great care; {@link DequeHeap}, written in an afternoon. The first two also exist with exact sums:
 * {@link ExactFloor} and {@link CarefulHeap#exact}. None of them has a log, a history or pending points.
 */
package io.tollgate.examples.heap;
