package io.tollgate.core.image;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;

/**
 * All that an engine knows of a series, as read from an image. The reader has checked that it can be loaded.
 *
 * @param definition        with all registered windows, also those by pattern.
 * @param life              its end and its links.
 * @param horizonNs         the retention horizon, {@link Instants#NONE} if no version was forgotten.
 * @param lastKnowledgeTime the largest knowledge time admitted, {@link Instants#NONE} without one.
 * @param versions          of its points.
 */
public record SeriesImage(
        SeriesDefinition definition, ImageLife life, long horizonNs, long lastKnowledgeTime, ImageVersions versions) {}
