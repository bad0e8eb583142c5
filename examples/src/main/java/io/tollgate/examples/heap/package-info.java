/**
 * What one would write instead of an engine, three times: {@link HeapFloor}, the least that any program does;
 * {@link CarefulHeap}, by hand and with great care; {@link DequeHeap}, in an afternoon. The first two also with exact
 * sums: {@link ExactFloor}, {@link CarefulHeap#exact}. None of them has a log, a history or pending points.
 */
package io.tollgate.examples.heap;
