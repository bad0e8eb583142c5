package io.tollgate.examples.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An output file whose write errors name the file. The system's own message does not, for example if the disk is full.
 * Single-threaded.
 */
public final class NamedOutput extends FilterOutputStream {
    private final Path file;

    private NamedOutput(final Path file, final OutputStream stream) {
        super(stream);
        this.file = file;
    }

    /**
     * Creates a file, or truncates it.
     *
     * @param file to write.
     * @return the stream, to be closed.
     * @throws IOException if the file cannot be written.
     */
    public static NamedOutput create(final Path file) throws IOException {
        return new NamedOutput(file, Files.newOutputStream(file));
    }

    /**
     * Creates a file, or truncates it, and writes its content.
     *
     * @param file  to write.
     * @param bytes the content.
     * @throws IOException if the file cannot be written.
     */
    public static void write(final Path file, final byte[] bytes) throws IOException {
        try (NamedOutput output = create(file)) {
            output.write(bytes);
        }
    }

    @Override
    public void write(final int octet) throws IOException {
        try {
            out.write(octet);
        } catch (final IOException e) {
            throw named(e);
        }
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (final IOException e) {
            throw named(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } catch (final IOException e) {
            throw named(e);
        }
    }

    private IOException named(final IOException e) {
        final IOException named = new FileSystemException(file.toString(), null, e.getMessage());
        named.initCause(e);
        return named;
    }
}
