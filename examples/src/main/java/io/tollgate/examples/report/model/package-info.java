/**
 * The content of a report: immutable records of text and numbers, which compute nothing.
 *
 * <p>Begin reading at {@link io.tollgate.examples.report.model.Report}.
 */
package io.tollgate.examples.report.model;
