package io.tollgate.core.define;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.image.EngineImage;
import io.tollgate.core.image.EngineImageWriter;
import io.tollgate.core.image.SeriesImageWriter;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.registration.Registered;
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

    public ImageSource(final SeriesStore store, final SeriesRegistry registry) {
        this.store = store;
        this.registry = registry;
    }

    /** {@return the image of an existing series} */
    public byte[] write(final long seriesNumber) {
        return write(new SeriesImageWriter(store), seriesNumber);
    }

    private byte[] write(final SeriesImageWriter writer, final long seriesNumber) {
        return writer.write(registry.find(seriesNumber).orElseThrow());
    }

    /** Writes the header and all series, and returns the number of series. */
    public long writeAll(final ClockMode mode, final long nowNs, final OutputStream out) {
        final SeriesImageWriter writer = new SeriesImageWriter(store);
        final List<Long> numbers = LongStream.range(0, store.namedCount())
                .boxed()
                .sorted(Comparator.comparing(store::keyOf))
                .toList();
        try {
            out.write(EngineImageWriter.write(new EngineImage(mode, nowNs, numbers.size(), registrations())));
            for (final long number : numbers) {
                out.write(write(writer, number));
            }
            return numbers.size();
        } catch (final IOException e) {
            throw new UncheckedIOException("image=engine: cannot be written; check the stream", e);
        }
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
