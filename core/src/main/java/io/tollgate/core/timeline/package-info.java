/**
 * The value of a panel through time, for its watches: when it changes, and to what.
 *
 * <pre>
 *   watched panel ─ PanelCursors ─▶ GroupCursor | StackCursor | PairCursor | RatioCursor ─▶ PanelTimeline ─▶ updates
 * </pre>
 *
 * <p>Internal. Begin reading at {@code PanelCursors}.
 */
package io.tollgate.core.timeline;
