package io.tollgate.core.define;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.apply.SubscriptionText;
import io.tollgate.core.group.GroupStates;
import io.tollgate.core.image.EngineImage;
import io.tollgate.core.image.EngineImageWriter;
import io.tollgate.core.image.GroupBounds;
import io.tollgate.core.image.ImageGroup;
import io.tollgate.core.image.ImageSubscription;
import io.tollgate.core.image.SeriesImageWriter;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.registration.Registered;
import io.tollgate.core.watch.EngineUpdates;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/** Writes the images of an engine and of its series. Engine thread only. */
public final class ImageSource {
    private final SeriesStore store;
    private final SeriesRegistry registry;
    private final GroupStates groups;
    private final EngineUpdates updates;
    private final Runnable tellDue;

    /**
     * @param tellDue emits all updates that are due.
     */
    public ImageSource(
            final SeriesStore store,
            final SeriesRegistry registry,
            final GroupStates groups,
            final EngineUpdates updates,
            final Runnable tellDue) {
        this.store = store;
        this.registry = registry;
        this.groups = groups;
        this.updates = updates;
        this.tellDue = tellDue;
    }

    /** {@return the image of an existing series} */
    public byte[] write(final long seriesNumber) {
        return write(new SeriesImageWriter(store), seriesNumber);
    }

    private byte[] write(final SeriesImageWriter writer, final long seriesNumber) {
        return writer.write(registry.find(seriesNumber).orElseThrow());
    }

    /** Writes the header and all series, and returns the number of series. */
    public long writeAll(final ClockMode mode, final EngineClock clock, final OutputStream out) {
        tellDue.run();
        final SeriesImageWriter writer = new SeriesImageWriter(store);
        final List<Long> numbers = LongStream.range(0, store.namedCount())
                .boxed()
                .sorted(Comparator.comparing(store::keyOf))
                .toList();
        try {
            out.write(EngineImageWriter.write(new EngineImage(
                    mode,
                    clock.now(),
                    numbers.size(),
                    registrations(),
                    groups(),
                    subscriptions(),
                    updates.panels().states())));
            for (final long number : numbers) {
                out.write(write(writer, number));
            }
            return numbers.size();
        } catch (final IOException e) {
            throw new UncheckedIOException("image=engine: cannot be written; check the stream", e);
        }
    }

    private List<ImageGroup> groups() {
        final List<ImageGroup> described = groups.registered().stream()
                .map(value ->
                        value instanceof Hierarchy hierarchy ? ImageGroup.of(hierarchy) : ImageGroup.of((Group) value))
                .toList();
        requireSmall(described);
        return described;
    }

    /** Refuses groups that are too large to be registered together from an image. */
    public void requireSmall(final List<ImageGroup> described) {
        final GroupBounds bounds = new GroupBounds(() ->
                LongStream.range(0, store.namedCount()).mapToObj(store::keyOf).iterator());
        described.forEach(bounds::add);
    }

    private List<ImageSubscription> subscriptions() {
        return updates.subscriptions().stream()
                .map(subscription -> new ImageSubscription(
                        SubscriptionText.of(subscription),
                        updates.lastNumber(subscription.name()),
                        updates.states(subscription.name())))
                .toList();
    }

    private List<WindowRegistration> registrations() {
        final List<WindowRegistration> registrations = new ArrayList<>();
        for (final String pattern : store.registrations().patterns()) {
            final Registered registered = store.registrations().under(pattern).orElseThrow();
            registrations.add(new WindowRegistration(pattern, registered.windows(), registered.keepsShapes()));
        }
        return registrations;
    }
}
