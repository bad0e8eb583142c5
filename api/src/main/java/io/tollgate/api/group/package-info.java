/**
 * Many levels together, with weights: groups, hierarchies of codes, concordances between codes.
 *
 * <pre>
 *   GroupMember | MemberPattern ─▶ Group ─ PanelReader.read ─▶ GroupReading ─ value(GroupMetric)
 *                                   └▶ Hierarchy of Branches ─▶ HierarchyReading
 *   Recoding ─▶ Concordance: members under the codes of another year
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.api.group.Group}.
 */
@NullMarked
package io.tollgate.api.group;

import org.jspecify.annotations.NullMarked;
