/**
 * Licence pipelines. A {@link io.tollgate.api.licence.LicencePipeline} takes events (received, issued, refused,
 * returned, withdrawn, revoked, expired) and tells what to offer to the {@link io.tollgate.api.licence.LicenceSeries}:
 * a FLOW for each kind of event, and the levels that follow, backlog and licences in force. {@link
 * io.tollgate.api.licence.LicenceCounts} are the events of a window, with approval rates and months of work; a {@link
 * io.tollgate.api.licence.SurvivalCurve} tells how long cases take where some are pending still; a {@link
 * io.tollgate.api.licence.DayCount} says what a day is.
 */
@NullMarked
package io.tollgate.api.licence;

import org.jspecify.annotations.NullMarked;
