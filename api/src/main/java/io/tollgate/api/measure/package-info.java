/**
 * The legal life of measures. A {@link io.tollgate.api.measure.Measure} takes acts (impose, change, suspend, extend,
 * end, void) in the order in which they became known. It returns the levels in force, and the points and withdrawals to
 * offer. A {@link io.tollgate.api.measure.LegalCalendar} converts legal dates to instants.
 */
@NullMarked
package io.tollgate.api.measure;

import org.jspecify.annotations.NullMarked;
