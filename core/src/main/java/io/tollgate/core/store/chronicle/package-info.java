/**
 * Access to Chronicle Map and to system calls: the supported version, the required JVM flags, and the keys and values.
 * Keys and values are accessed without a copy.
 *
 * <pre>
 *   JvmAccess ─ flags there? ─▶ ChronicleVersion ─▶ CheckedMap (opened, state checked) ─ LongKey ─▶ MemoryValue
 * </pre>
 *
 * <p>Internal. Begin reading at {@code CheckedMap}. Only this package and {@code store.chain} use Chronicle.
 */
package io.tollgate.core.store.chronicle;
