package io.tollgate.core.apply;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileContents;
import io.tollgate.core.file.FileProbe;
import io.tollgate.core.store.seal.StoreDirectory;
import io.tollgate.core.watch.EngineUpdates;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file {@code subscriptions} of a closed store: the subscriptions and the last update sent to each. The seal of the
 * store covers it. Control threads, one at a time.
 */
public final class SubscriptionsFile {
    private SubscriptionsFile() {}

    /** Writes the file and forces it. Without subscriptions there is no file. */
    public static void write(final FileAccess files, final Path store, final EngineUpdates updates) {
        final Path file = StoreDirectory.subscriptions(store);
        try {
            files.delete(file);
            if (!updates.subscriptions().isEmpty() || !updates.panels().isEmpty()) {
                FileContents.write(files, file, made -> write(made, updates));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + " cannot be written: check the disk", e);
        }
    }

    private static void write(final DataFile file, final EngineUpdates updates) throws IOException {
        final DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutput(file)));
        updates.write(out, SubscriptionText::of);
        out.flush();
    }

    /** Appends to a file. */
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

    /** Reads the file. The updates have no subscriptions before. Without subscriptions there is no file. */
    public static void read(final Path store, final EngineUpdates updates) {
        final Path file = StoreDirectory.subscriptions(store);
        if (!FileProbe.isThere(file)) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            updates.read(in, SubscriptionText::parse);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + " cannot be read: check the disk, or run recover", e);
        }
    }
}
