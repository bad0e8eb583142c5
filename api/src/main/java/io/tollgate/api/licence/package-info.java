/**
 * Licence pipelines. A {@link io.tollgate.api.licence.LicencePipeline} converts events (received, issued, refused,
 * returned, withdrawn, revoked, expired) into points of the {@link io.tollgate.api.licence.LicenceSeries}: a FLOW for
 * each kind of event, the backlog and the licences in force. {@link io.tollgate.api.licence.LicenceCounts} are the
 * events of a window, with approval rates and months of work. A {@link io.tollgate.api.licence.SurvivalCurve} estimates
 * processing times with pending cases. A {@link io.tollgate.api.licence.DayCount} counts calendar or working days.
 */
@NullMarked
package io.tollgate.api.licence;

import org.jspecify.annotations.NullMarked;
