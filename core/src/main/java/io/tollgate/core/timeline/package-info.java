/**
 * The value of a watched panel through time: the instants of its changes, and the new values.
 *
 * <pre>
 *   watched panel ─ PanelCursors ─▶ GroupCursor | StackCursor | PairCursor | RatioCursor ─▶ PanelTimeline ─▶ updates
 * </pre>
 *
 * <p>Internal. Begin reading at {@code PanelCursors}.
 */
package io.tollgate.core.timeline;
