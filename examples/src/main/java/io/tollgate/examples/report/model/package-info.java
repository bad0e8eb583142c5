/**
 * The content of a report: immutable records of text and numbers, without computations.
 *
 * <p>Begin reading at {@link io.tollgate.examples.report.model.Report}.
 */
package io.tollgate.examples.report.model;
