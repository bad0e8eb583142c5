/**
 * Answers over several series: groups, stacks, ratios, comparisons and event studies, read without blocking the writer.
 *
 * <pre>
 *   MemberReader ─▶ LevelReader: all versions ─▶ scan (GroupScan, StackScan, ...) ─▶ answer (GroupAnswer, ...)
 *                   all versions again        ◀─────────────┘
 * </pre>
 *
 * <p>Internal. Begin reading at {@code MemberReader}.
 */
package io.tollgate.core.panel;
