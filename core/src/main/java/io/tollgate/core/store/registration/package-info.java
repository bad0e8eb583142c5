/**
 * The windows that are registered: of a series, and of all series whose keys match a pattern.
 *
 * <pre>
 *   Registered ─ WindowCodes ─▶ WindowSets (shared by series)      pattern ─ PatternTrie ─▶ Registrations
 * </pre>
 *
 * <p>Internal. Begin reading at {@code Registrations}. A series takes in what its patterns say with its next point.
 */
package io.tollgate.core.store.registration;
