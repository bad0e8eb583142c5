/**
 * Many series together: groups with weights.
 *
 * <pre>
 *   MemberReader ─▶ LevelReader: all versions ─▶ MemberLevels, one member after the other ─▶ GroupSums ─▶ GroupAnswer
 *                   all versions again        ◀──────────────────────────────────────────────┘
 * </pre>
 */
package io.tollgate.core.panel;
