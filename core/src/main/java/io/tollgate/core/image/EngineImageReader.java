package io.tollgate.core.image;

import static io.tollgate.core.image.EngineImageDescriptor.MIN_FOLLOWED_LENGTH;
import static io.tollgate.core.image.EngineImageDescriptor.MIN_PANEL_LENGTH;
import static io.tollgate.core.image.EngineImageDescriptor.MIN_REGISTRATION_LENGTH;
import static io.tollgate.core.image.EngineImageDescriptor.MIN_SUBSCRIPTION_LENGTH;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKey;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.api.watch.Subscription;
import io.tollgate.core.operation.PanelOperation;
import io.tollgate.core.operation.WatchOperation;
import io.tollgate.core.watch.FollowedState;
import io.tollgate.core.watch.PanelLedger;
import io.tollgate.core.watch.PanelState;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads the header of the image of an engine, laid out by {@link EngineImageDescriptor}. Any thread. */
public final class EngineImageReader {
    private EngineImageReader() {}

    /**
     * Reads the header at the start of a stream.
     *
     * @param in the stream, after the call at the first image of a series.
     * @return the header.
     * @throws IllegalArgumentException if it is damaged.
     * @throws io.tollgate.api.UnsupportedVersionException if another version wrote it.
     * @throws java.io.UncheckedIOException if the stream cannot be read.
     */
    public static EngineImage read(final InputStream in) {
        final ImageInput image = ImageFrame.open(ImageFrame.read(in, ImageFrame.Type.ENGINE), ImageFrame.Type.ENGINE);
        try {
            return read(image);
        } catch (final IllegalArgumentException e) {
            throw image.damage(e);
        }
    }

    private static EngineImage read(final ImageInput in) {
        final ClockMode mode = ClockMode.of(in.nextInt("clockMode"));
        final long nowNs = in.requireInstant("now", in.nextLong("now"), false);
        final long seriesCount = in.nextLong("seriesCount");
        in.require(seriesCount >= 0, "seriesCount", Long.toString(seriesCount), "0 or more");
        final int registrationCount = in.nextCount("registrationCount", MIN_REGISTRATION_LENGTH, ImageFrame.MAX_LENGTH);
        final int groupCount = in.nextCount("groupCount", ImageGroups.MIN_LENGTH, ImageFrame.MAX_LENGTH);
        final int subscriptionCount = in.nextCount("subscriptionCount", MIN_SUBSCRIPTION_LENGTH, PanelLedger.MAX_NAMES);
        final int panelCount = in.nextCount("panelCount", MIN_PANEL_LENGTH, PanelLedger.MAX_NAMES);
        final EngineImage engine = new EngineImage(
                mode,
                nowNs,
                seriesCount,
                registrations(in, registrationCount),
                items(in, groupCount, ImageGroups::read),
                items(in, subscriptionCount, EngineImageReader::subscription),
                items(in, panelCount, EngineImageReader::panel));
        in.requireEnd();
        return engine;
    }

    private static <T> List<T> items(final ImageInput in, final int count, final Function<ImageInput, T> read) {
        final List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(read.apply(in));
        }
        return items;
    }

    private static List<WindowRegistration> registrations(final ImageInput in, final int count) {
        final List<WindowRegistration> registrations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final boolean keepsShapes = in.nextFlag("keepsShapes");
            final int windowCount = in.nextByte("windowCount");
            in.require(
                    windowCount >= 0 && windowCount <= SeriesDefinition.MAX_WINDOWS,
                    "windowCount",
                    Integer.toString(windowCount),
                    "0 to " + SeriesDefinition.MAX_WINDOWS);
            final String pattern = in.nextText("pattern", SeriesKey.MAX_LENGTH);
            in.require(
                    i == 0 || registrations.get(i - 1).pattern().compareTo(pattern) < 0,
                    "pattern",
                    pattern,
                    "patterns in their order, each once");
            registrations.add(new WindowRegistration(pattern, ImageWindows.read(in, windowCount), keepsShapes));
        }
        return registrations;
    }

    private static ImageSubscription subscription(final ImageInput in) {
        final String text = in.nextText("subscription", WatchOperation.MAX_TEXT_LENGTH);
        final long lastNumber = lastNumber(in);
        final int count = in.nextCount("followedCount", MIN_FOLLOWED_LENGTH, ImageFrame.MAX_LENGTH);
        final List<FollowedState> series = new ArrayList<>();
        final Set<String> keys = new HashSet<>();
        for (int i = 0; i < count; i++) {
            final String key = in.nextText("followed", SeriesKey.MAX_LENGTH);
            in.require(keys.add(key), "followed", key, "each series once");
            series.add(new FollowedState(key, in.nextBytes("state", WatchOperation.MAX_STATE_LENGTH)));
        }
        return new ImageSubscription(text, lastNumber, series);
    }

    private static long lastNumber(final ImageInput in) {
        final long lastNumber = in.nextLong("lastNumber");
        in.require(lastNumber >= 0, "lastNumber", Long.toString(lastNumber), "0 or more");
        return lastNumber;
    }

    private static PanelState panel(final ImageInput in) {
        final String name = in.nextText("name", Subscription.MAX_NAME_LENGTH);
        final String text = in.nextText("watches", PanelOperation.MAX_BODY_LENGTH);
        final long startNs = in.nextLong("start");
        final int count = in.nextCount("watchCount", Short.BYTES, Subscription.MAX_WATCHES);
        return new PanelState(
                name, text, startNs, items(in, count, any -> in.nextBytes("state", PanelLedger.MAX_STATE_LENGTH)));
    }
}
