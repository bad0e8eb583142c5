/**
 * Closed stores: the seal of the files, its verification, and copies.
 *
 * <pre>
 *   close ─▶ StoreSeal (length and checksum of each file) ─▶ StoreCheck, StoreCopy
 * </pre>
 *
 * <p>Internal. Begin reading at {@code StoreSeal}.
 */
package io.tollgate.core.store.seal;
