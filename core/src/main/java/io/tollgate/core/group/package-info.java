/**
 * The members of a group, and the sums over them that the writer keeps up to date.
 *
 * <pre>
 *   Group ─▶ MemberTable (members, weights) ─▶ MemberLevels (one level a member) ─▶ GroupState (sums)
 *   change of a series ─▶ GroupStates ─▶ each GroupState that it belongs to
 * </pre>
 *
 * <p>Internal. Begin reading at {@code GroupStates}.
 */
package io.tollgate.core.group;
