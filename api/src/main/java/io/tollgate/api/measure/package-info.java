/**
 * The life of a measure in law, and how it becomes points: a {@link io.tollgate.api.measure.Measure} takes acts
 * (imposed, changed, suspended until, extended, ended, void) in the order in which they became known, and tells the
 * levels that follow and the points and withdrawals to offer. A {@link io.tollgate.api.measure.LegalCalendar} turns
 * legal dates into instants.
 */
@NullMarked
package io.tollgate.api.measure;

import org.jspecify.annotations.NullMarked;
