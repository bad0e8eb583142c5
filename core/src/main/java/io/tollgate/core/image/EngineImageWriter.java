package io.tollgate.core.image;

import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.watch.FollowedState;
import io.tollgate.core.watch.PanelState;

/** Writes the header of the image of an engine, laid out by {@link EngineImageDescriptor}. Any thread. */
public final class EngineImageWriter {
    private EngineImageWriter() {}

    /**
     * Writes the header.
     *
     * @param engine the header.
     * @return its bytes; the images of the series come next.
     * @throws io.tollgate.api.LimitExceededException if the header would be longer than a reader accepts.
     */
    public static byte[] write(final EngineImage engine) {
        final ImageOutput out = new ImageOutput(ImageFrame.Type.ENGINE);
        out.putInt(engine.clockMode().code()).putLong(engine.nowNs()).putLong(engine.seriesCount());
        out.putInt(engine.registrations().size()).putInt(engine.groups().size());
        out.putInt(engine.subscriptions().size()).putInt(engine.panels().size());
        engine.registrations().forEach(registration -> put(out, registration));
        engine.groups().forEach(group -> ImageGroups.put(out, group));
        engine.subscriptions().forEach(subscription -> put(out, subscription));
        engine.panels().forEach(panel -> put(out, panel));
        return out.end();
    }

    private static void put(final ImageOutput out, final WindowRegistration registration) {
        out.putByte(registration.keepsShapes() ? 1 : 0);
        out.putByte(registration.windows().size());
        out.putText(registration.pattern());
        out.position(ImageWindows.put(out.buffer(), out.position(), registration.windows()));
    }

    private static void put(final ImageOutput out, final ImageSubscription subscription) {
        out.putText(subscription.text()).putLong(subscription.lastNumber());
        out.putInt(subscription.series().size());
        for (final FollowedState followed : subscription.series()) {
            out.putText(followed.key()).putBytes(followed.state());
        }
    }

    private static void put(final ImageOutput out, final PanelState panel) {
        out.putText(panel.name()).putText(panel.text()).putLong(panel.startNs());
        out.putInt(panel.states().size());
        panel.states().forEach(out::putBytes);
    }
}
