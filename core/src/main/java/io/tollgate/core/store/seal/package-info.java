/**
 * A closed store: the seal over its files, the comparison with it, and copies.
 *
 * <pre>
 *   close ─▶ StoreSeal (length and checksum of each file) ─▶ StoreCheck, StoreCopy
 * </pre>
 *
 * <p>Internal. Begin reading at {@code StoreSeal}.
 */
package io.tollgate.core.store.seal;
