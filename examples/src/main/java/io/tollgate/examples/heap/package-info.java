/**
 * What one would write instead of an engine, three times: {@link HeapFloor}, the least that any program does;
 * {@link CarefulHeap}, by hand and with great care; {@link DequeHeap}, in an afternoon. None of them has a log, a
 * history, pending points or exact sums.
 */
package io.tollgate.examples.heap;
