/**
 * Weighted groups of rates, hierarchies of codes, and concordances between codes.
 *
 * <pre>
 *   GroupMember | MemberPattern ─▶ Group ─┬─ PanelReader.group ─▶ GroupReading ─ value(GroupMetric)
 *                                         ├─ PanelReader.effects ─▶ EffectReading
 *                                         └─ Hierarchy of Branches ─ PanelReader.hierarchy ─▶ HierarchyReading
 *   Recoding ─▶ Concordance ─▶ members under the codes of another edition
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.api.group.Group}.
 */
@NullMarked
package io.tollgate.api.group;

import org.jspecify.annotations.NullMarked;
