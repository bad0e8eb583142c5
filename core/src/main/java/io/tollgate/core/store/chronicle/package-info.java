/**
 * Chronicle Map, and the calls to the operating system beside it: the version that fits, what the JVM must open, keys
 * and values without a copy.
 *
 * <pre>
 *   JvmAccess ─ flags there? ─▶ ChronicleVersion ─▶ CheckedMap (opened, state looked at) ─ LongKey ─▶ MemoryValue
 * </pre>
 *
 * <p>Internal. Begin reading at {@code CheckedMap}. Only this package and {@code store.chain} know Chronicle.
 */
package io.tollgate.core.store.chronicle;
