package io.tollgate.core.image;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.watch.PanelState;
import java.util.List;

/**
 * The header of the image of an engine.
 *
 * @param clockMode     of the engine.
 * @param nowNs         the engine clock.
 * @param seriesCount   the number of images that follow.
 * @param registrations the windows by pattern, sorted by pattern.
 * @param groups        the registered groups and hierarchies, in the order of their registration.
 * @param subscriptions the subscriptions to series, in the order of their beginning.
 * @param panels        the watches on panels, in the order of their beginning.
 */
public record EngineImage(
        ClockMode clockMode,
        long nowNs,
        long seriesCount,
        List<WindowRegistration> registrations,
        List<ImageGroup> groups,
        List<ImageSubscription> subscriptions,
        List<PanelState> panels) {}
