package io.tollgate.core.control;

import io.tollgate.api.DiskFullException;
import io.tollgate.api.EngineImages;
import io.tollgate.api.SeriesCatalog;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.define.ImageLoad;
import io.tollgate.core.define.ImageSource;
import io.tollgate.core.define.SubscriptionLoad;
import io.tollgate.core.image.EngineImage;
import io.tollgate.core.image.EngineImageReader;
import io.tollgate.core.image.ImageGroup;
import io.tollgate.core.image.SeriesImage;
import io.tollgate.core.image.SeriesImageReader;
import io.tollgate.core.store.KnownHandles;
import io.tollgate.core.writer.EngineCommand;
import io.tollgate.core.writer.EngineWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Writes and loads images of a running engine. Control threads; bytes are read on the thread of the caller. */
public final class ImageService implements EngineImages {
    private static final String WRITE = "writeImage";
    private static final String LOAD = "loadImage";

    private final EngineWriter writer;
    private final ClockMode clockMode;
    private final SeriesCatalog series;
    private final KnownHandles handles;
    private final CommandInvoker calls;

    public ImageService(
            final EngineWriter writer,
            final ClockMode clockMode,
            final SeriesCatalog series,
            final KnownHandles handles,
            final CommandInvoker calls) {
        this.writer = writer;
        this.clockMode = clockMode;
        this.series = series;
        this.handles = handles;
        this.calls = calls;
    }

    @Override
    public byte[] write(final Series written) {
        Objects.requireNonNull(written, "series=null, expected a series of this engine");
        handles.requireKnown(written);
        return calls.call(WRITE, () -> writer.images().write(written.number()));
    }

    @Override
    public Series load(final byte[] image) {
        Objects.requireNonNull(image, "image=null, expected the image of a series");
        return calls.await(submit(SeriesImageReader.read(image)));
    }

    private EngineCommand<Series> submit(final SeriesImage image) {
        final ImageLoad load = writer.load(image);
        return calls.submit(LOAD, new EngineCommand<>(load, load::loaded));
    }

    @Override
    public long writeAll(final OutputStream out) {
        Objects.requireNonNull(out, "out=null, expected a stream to write to");
        return calls.call(WRITE, () -> {
            final ImageSource images = writer.images();
            return images.writeAll(clockMode, writer.clock(), out);
        });
    }

    @Override
    public long loadAll(final InputStream in) {
        Objects.requireNonNull(in, "in=null, expected a stream to read from");
        final EngineImage engine = EngineImageReader.read(in);
        if (engine.clockMode() != clockMode) {
            throw new IllegalStateException("clockMode=" + clockMode + " imageClockMode=" + engine.clockMode()
                    + ", expected the same mode; launch the engine with clockMode(" + engine.clockMode() + ')');
        }
        final SubscriptionLoad subscriptions = writer.load(engine);
        calls.run(LOAD, subscriptions::requirePossible);
        engine.registrations().forEach(series::register);
        loadSeries(in, engine.seriesCount());
        calls.run(LOAD, () -> advanceTo(engine.nowNs()));
        register(engine.groups());
        calls.call(LOAD, new EngineCommand<>(subscriptions, () -> subscriptions));
        return engine.seriesCount();
    }

    /** Reads each series while the engine applies the one before. A failure of that one is thrown first. */
    private void loadSeries(final InputStream in, final long count) {
        Optional<EngineCommand<Series>> loading = Optional.empty();
        String before = "";
        try {
            for (long i = 0; i < count; i++) {
                final SeriesImage image = SeriesImageReader.read(in);
                final String key = image.definition().key();
                if (before.compareTo(key) >= 0) {
                    throw new IllegalArgumentException("image=engine series=" + key + " after=" + before
                            + ", expected series sorted by key, each once; the image is damaged: write it again");
                }
                loading.ifPresent(calls::await);
                loading = Optional.of(submit(image));
                before = key;
            }
        } finally {
            loading.ifPresent(calls::await);
        }
    }

    private void register(final List<ImageGroup> groups) {
        calls.run(LOAD, () -> {
            final ImageSource images = writer.images();
            images.requireSmall(groups);
        });
        for (final ImageGroup described : groups) {
            try {
                final Group group = described.group(this::member);
                described
                        .tree()
                        .ifPresentOrElse(
                                tree -> series.register(new Hierarchy(group, tree.prefixLengths(), tree.branches())),
                                () -> series.register(group));
            } catch (final IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "image=engine " + e.getMessage() + "; the image is damaged: write it again", e);
            }
        }
    }

    private StepSeries member(final String key) {
        return series.find(key)
                .filter(StepSeries.class::isInstance)
                .map(StepSeries.class::cast)
                .orElseThrow(() -> new IllegalArgumentException(
                        "series=" + key + ", expected a STEP of the image as a member of a group"));
    }

    private void advanceTo(final long instantNs) {
        if (instantNs > writer.clock().now()) {
            if (!writer.hasSpaceToAdvance()) {
                throw new DiskFullException(
                        "instantNs=" + instantNs, "expected room in the log; make some, and advance the clock");
            }
            writer.advanceTo(instantNs);
        }
    }
}
