package io.tollgate.core;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Presence;
import io.tollgate.core.file.WholeFile;
import io.tollgate.core.store.StoreDirectory;
import io.tollgate.core.store.StoreVersions;
import io.tollgate.core.watch.ShardUpdates;
import io.tollgate.core.watch.SubscriptionsDescriptor;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a shard that was closed in order says of its subscriptions: which there are, and how far they have told. Behind
 * that, in 8 bytes, stands the latest stamp of a point. It is part of the store, and checked with it. Control threads, one at a time.
 */
final class SubscriptionsFile {
    private SubscriptionsFile() {}

    /** Writes it down and forces it, where there is a subscription or such a stamp; else there is no such file. */
    static void write(final FileAccess files, final Path shard, final ShardUpdates updates, final EngineClock clock) {
        final Path file = StoreDirectory.subscriptions(shard);
        try {
            files.delete(file);
            if (!updates.subscriptions().isEmpty() || !updates.panels().isEmpty() || clock.isStampedAhead()) {
                WholeFile.write(files, file, made -> write(made, updates, clock));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + " cannot be written: check the disk", e);
        }
    }

    private static void write(final DataFile file, final ShardUpdates updates, final EngineClock clock)
            throws IOException {
        final DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutput(file)));
        updates.write(out, SubscriptionText::of);
        out.writeLong(clock.stampedTime());
        out.flush();
    }

    /** What is written comes behind what was written before. */
    private static final class FileOutput extends OutputStream {
        private final DataFile file;
        private long position;

        FileOutput(final DataFile file) {
            this.file = file;
        }

        @Override
        public void write(final int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(final byte[] bytes, final int offset, final int length) throws IOException {
            position += file.writeAll(ByteBuffer.wrap(bytes, offset, length), position);
        }
    }

    /**
     * Makes sure that no other version has written it, where the store was closed cleanly.
     *
     * @throws IllegalStateException if one has: what that follows is not thrown away.
     */
    static void requireKnown(final Path store) {
        final Path file = StoreDirectory.subscriptions(store);
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            in.skipNBytes(SubscriptionsDescriptor.VERSION_OFFSET);
            StoreVersions.requireKnownSubscriptions(store, in.readInt(), SubscriptionsDescriptor.VERSION);
        } catch (final NoSuchFileException | EOFException e) {
            // There is none, or not all of it.
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + " cannot be read: check the disk", e);
        }
    }

    /** Reads it into updates that follow nothing yet; there is none where nothing was followed. */
    static void read(final Path shard, final ShardUpdates updates, final EngineClock clock) {
        final Path file = StoreDirectory.subscriptions(shard);
        if (!Presence.isThere(file)) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            updates.read(in, SubscriptionText::parse);
            clock.followStamp(in.readLong());
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + " cannot be read: check the disk, or run recover", e);
        }
    }
}
