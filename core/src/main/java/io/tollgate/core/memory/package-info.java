/**
 * Memory outside the heap as the hot path reads and writes it.
 *
 * <pre>
 *   flyweight ─ offset ─▶ NativeBuffer ─ address ─▶ mapped memory
 * </pre>
 *
 * <p>Internal. Begin reading at {@code NativeBuffer}.
 */
package io.tollgate.core.memory;
