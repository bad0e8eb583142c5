/**
 * The value of a panel through time, for its watches: when it changes, and to what.
 *
 * <pre>
 *   watched panel ─ PanelLooks ─▶ GroupLook | StackLook | PairLook | RatioLook ─▶ PanelCourse ─▶ updates
 * </pre>
 *
 * <p>Internal. Begin reading at {@code PanelLooks}.
 */
package io.tollgate.core.timeline;
