/**
 * The registered windows, of single series and of all series whose keys match a pattern.
 *
 * <pre>
 *   Registered ─ WindowCodes ─▶ WindowSets (shared by series)      pattern ─ PatternTrie ─▶ Registrations
 * </pre>
 *
 * <p>Internal. Begin reading at {@code Registrations}. A series adopts the windows of its patterns with its next point.
 */
package io.tollgate.core.store.registration;
