package io.tollgate.core.directory;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.LimitExceededException;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.image.EngineImage;
import io.tollgate.core.image.EngineImageWriter;
import io.tollgate.core.image.SeriesImageWriter;
import io.tollgate.core.read.ReadGate;
import io.tollgate.core.read.SeriesHandle;
import io.tollgate.core.store.StoreView;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.registration.PatternTrie;
import io.tollgate.core.store.registration.Registered;
import io.tollgate.core.store.tree.SeriesLife;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Writes the image of a data directory that an engine may be writing. Each series is written again until neither it
 * nor a linked one changed meanwhile. One thread at a time.
 */
final class DirectoryImages {
    /** Number of looks at a series that is being changed. */
    private static final int MAX_LOOKS = 1_000;
    /** Number of attempts to write an image, which may be large, while its series does not change. */
    private static final int MAX_WRITES = 20;

    private final StoreView store;
    private final ReadGate.Entrance entrance;
    private final SeriesImageWriter writer;
    private final SeriesLife life;
    private final Versions versions = new Versions();
    private final Map<String, Registered> registrations;
    private final PatternTrie<Registered> registered = new PatternTrie<>();

    DirectoryImages(final StoreView store, final ReadGate.Entrance entrance) {
        this.store = store;
        this.entrance = entrance;
        writer = new SeriesImageWriter(store);
        life = new SeriesLife(store.blocks());
        registrations = entrance.inside(store::registrations);
        registrations.forEach(registered::put);
    }

    /** The versions of a series and of those linked to it. */
    private static final class Versions {
        private static final int MAX_COUNT = 3;

        private final SeriesRecord[] records = new SeriesRecord[MAX_COUNT];
        private final long[] versions = new long[MAX_COUNT];
        private int count;

        private Versions() {
            Arrays.setAll(records, i -> new SeriesRecord());
        }

        /** Returns the record at an address, with its version noted. */
        private SeriesRecord add(final long address) {
            final SeriesRecord record = records[count].wrap(address);
            versions[count++] = record.version();
            return record;
        }

        private boolean areUnchanged() {
            boolean areSame = true;
            for (int i = 0; i < count; i++) {
                areSame &= records[i].isUnchangedSince(versions[i]);
            }
            return areSame;
        }
    }

    /** Writes the image, see {@link DirectoryView#writeImage}. */
    long writeAll(
            final ClockMode mode,
            final long nowNs,
            final String pattern,
            final OutputStream out,
            final LongConsumer progress)
            throws IOException {
        final List<Long> numbers = entrance.inside(() -> LongStream.range(0, store.namedCount())
                .filter(number -> SeriesPattern.fits(pattern, store.keyOf(number)))
                .boxed()
                .sorted(Comparator.comparing(store::keyOf))
                .toList());
        final List<WindowRegistration> byPattern = registrations.entrySet().stream()
                .filter(entry -> !entry.getValue().isNothing())
                .map(entry -> new WindowRegistration(
                        entry.getKey(),
                        entry.getValue().windows(),
                        entry.getValue().keepsShapes()))
                .toList();
        out.write(EngineImageWriter.write(
                new EngineImage(mode, nowNs, numbers.size(), byPattern, List.of(), List.of(), List.of())));
        long written = 0;
        for (final long number : numbers) {
            out.write(entrance.inside(() -> write(number)));
            progress.accept(++written);
        }
        return written;
    }

    private byte[] write(final long number) {
        int writes = 0;
        for (int i = 0; i < MAX_LOOKS && writes < MAX_WRITES; i++) {
            if (begin(number)) {
                writes++;
                final Optional<byte[]> image = tryWrite(number);
                if (image.isPresent()) {
                    return image.get();
                }
            }
            Thread.yield();
        }
        throw new IllegalStateException("series=" + store.keyOf(number) + ": changes all the time, or was left half"
                + " changed by a killed process; write the image of a backup, or open the directory with an engine"
                + " first");
    }

    /** Notes the versions of all records that the image is made from. Returns false if one is being changed. */
    private boolean begin(final long number) {
        versions.count = 0;
        final SeriesRecord record = versions.add(store.requireRecord(number));
        final long successor = life.successor(record);
        final long predecessor = life.predecessor(record);
        if (!versions.areUnchanged()) {
            return false;
        }
        addLinked(successor);
        addLinked(predecessor);
        return versions.areUnchanged();
    }

    private void addLinked(final long number) {
        if (number != Series.NO_NUMBER) {
            versions.add(store.requireRecord(number));
        }
    }

    /** Returns the image, empty if a record has changed meanwhile. */
    private Optional<byte[]> tryWrite(final long number) {
        try {
            final byte[] image = writer.write(series(number));
            return versions.areUnchanged() ? Optional.of(image) : Optional.empty();
        } catch (final DirectoryDamagedException | LimitExceededException e) {
            // A series that changes meanwhile looks damaged.
            if (versions.areUnchanged()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Returns the series with all its windows, also those of patterns that it gets with its next point. */
    private Series series(final long number) {
        final SeriesRecord record = new SeriesRecord().wrap(store.requireRecord(number));
        final String key = store.keyOf(number);
        Registered all = new Registered(store.windowsOf(record), record.keepsShapes());
        for (final Registered found : registered.matching(key)) {
            all = all.with(found);
        }
        return SeriesHandle.of(store.origin(), record, number, key, all.windows(), all.keepsShapes());
    }
}
