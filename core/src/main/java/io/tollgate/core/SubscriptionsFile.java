package io.tollgate.core;

import io.tollgate.core.store.OwnerOnly;
import io.tollgate.core.store.StoreDirectory;
import io.tollgate.core.watch.ShardUpdates;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * What a shard that was closed in order says of its subscriptions: which there are, and how far they have told. It is
 * part of the store, and checked with it. Control threads, one at a time.
 */
final class SubscriptionsFile {
    private SubscriptionsFile() {}

    /** Writes it down and forces it, where there is a subscription; else there is no such file. */
    static void write(final Path shard, final ShardUpdates updates) {
        final Path file = StoreDirectory.subscriptions(shard);
        try {
            Files.deleteIfExists(file);
            if (!updates.subscriptions().isEmpty() || !updates.panels().isEmpty()) {
                writeForced(file, updates);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + " cannot be written: check the disk", e);
        }
    }

    private static void writeForced(final Path file, final ShardUpdates updates) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file())) {
            final DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
            updates.write(out, SubscriptionText::of);
            out.flush();
            channel.force(true);
        }
    }

    /** Reads it, where there is one, into updates that follow nothing yet. */
    static void read(final Path shard, final ShardUpdates updates) {
        final Path file = StoreDirectory.subscriptions(shard);
        if (!Files.exists(file)) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            updates.read(in, SubscriptionText::parse);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + " cannot be read: check the disk, or run recover", e);
        }
    }
}
