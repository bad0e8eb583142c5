package io.tollgate.core.image;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.WindowRegistration;
import java.util.List;

/**
 * The header of the image of an engine.
 *
 * @param clockMode     of the engine.
 * @param nowNs         the engine clock.
 * @param seriesCount   the number of images that follow.
 * @param registrations the windows by pattern, sorted by pattern.
 */
public record EngineImage(ClockMode clockMode, long nowNs, long seriesCount, List<WindowRegistration> registrations) {
    /**
     * Copies the registrations.
     *
     * @param clockMode     of the engine.
     * @param nowNs         the engine clock.
     * @param seriesCount   the number of images that follow.
     * @param registrations the windows by pattern, sorted by pattern.
     */
    public EngineImage {
        registrations = List.copyOf(registrations);
    }
}
