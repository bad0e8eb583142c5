/**
 * The tree of points of a series, with an exact summary of each child, and the superseded and withdrawn versions.
 *
 * <pre>
 *   put, remove ─▶ PointTree ─┬─ TreeGrowth, TreeRemoval, TreeSummaries        writer
 *                             └─ PointHistory ─▶ versions
 *   read ─▶ PointPath ─┬─ TreePath    the newest points                        any thread
 *                      └─ PastPath    the points as they were known
 * </pre>
 *
 * <p>Internal. Begin reading at {@code PointTree}.
 */
package io.tollgate.core.store.tree;
