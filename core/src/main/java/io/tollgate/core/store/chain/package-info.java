/**
 * Chains of maps: a Chronicle Map does not grow, so another one is made ahead of need. A number leads to an
 * address.
 *
 * <pre>
 *   number ─▶ RecordChain ─▶ RecordMap 0, 1, 2 ... ─▶ address       key ─▶ NameMap ─▶ number
 *   MapChain ─ Backing ─┬─ AnonymousBacking  memory
 *                       └─ FileBacking       files (ChainFiles)      ChainView: the same files, from outside
 * </pre>
 *
 * <p>Internal. Begin reading at {@code RecordChain}.
 */
package io.tollgate.core.store.chain;
