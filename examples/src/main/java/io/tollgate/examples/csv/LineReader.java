package io.tollgate.examples.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a UTF-8 stream with or without byte order mark, ended by LF, CRLF or CR. Memory is bounded: only the
 * beginning of a line that is too long is kept. Single-threaded.
 */
final class LineReader implements Closeable {
    /** Longest accepted line, in bytes. */
    static final int MAX_LINE_LENGTH = 65_536;

    private static final int KEPT_LENGTH = 200;
    private static final int MAX_CHARACTER_LENGTH = 4;
    private static final int BUFFER_LENGTH = 4 * MAX_LINE_LENGTH;
    private static final char REPLACEMENT = '\uFFFD';

    /**
     * A line of the stream.
     *
     * @param number from 1.
     * @param text   without the line end.
     * @param fault  the reason why the line cannot be read, empty if it can.
     */
    record Line(long number, String text, String fault) {}

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_LENGTH];
    private int position;
    private int limit;
    private long byteCount;
    private long lineCount;
    private boolean afterReturn;

    LineReader(final InputStream in) throws IOException {
        this.in = in;
        while (limit < 3 && fill()) {
            // The first read of a stream may return fewer bytes than the three of a byte order mark.
        }
        if (limit >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            position = 3;
        }
    }

    /** Returns the number of bytes read from the stream. */
    long byteCount() {
        return byteCount;
    }

    boolean hasNext() throws IOException {
        if (position == limit && !fill()) {
            return false;
        }
        if (afterReturn) {
            afterReturn = false;
            if (buffer[position] == '\n') {
                position++;
                return hasNext();
            }
        }
        return true;
    }

    /** Returns the next line. Call {@link #hasNext()} first. */
    Line next() throws IOException {
        lineCount++;
        int length = lengthFrom(0);
        while (length < 0) {
            final int seen = limit - position;
            if (seen > MAX_LINE_LENGTH) {
                return tooLong();
            }
            length = fill() ? lengthFrom(seen) : seen;
        }
        if (length > MAX_LINE_LENGTH) {
            return tooLong();
        }
        final Line line = decode(position, length);
        take(length);
        return line;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /**
     * Returns the length of the current line, or -1 if its end is not in the buffer. The search starts at an offset.
     */
    private int lengthFrom(final int offset) {
        for (int i = position + offset; i < limit; i++) {
            if (buffer[i] == '\n' || buffer[i] == '\r') {
                return i - position;
            }
        }
        return -1;
    }

    /** Moves past a line and its end. */
    private void take(final int length) {
        position += length;
        if (position < limit) {
            afterReturn = buffer[position] == '\r';
            position++;
        }
    }

    private Line decode(final int offset, final int length) {
        final String text = new String(buffer, offset, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(offset, length)) {
            return new Line(lineCount, text, "bytes that are not UTF-8");
        }
        return new Line(lineCount, text, "");
    }

    private boolean isUtf8(final int offset, final int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, offset, length));
            return true;
        } catch (final CharacterCodingException e) {
            return false;
        }
    }

    private Line tooLong() throws IOException {
        final String text = decode(position, keptLength()).text() + "...";
        int length = lengthFrom(0);
        while (length < 0) {
            position = limit;
            if (!fill()) {
                break;
            }
            length = lengthFrom(0);
        }
        take(Math.max(length, 0));
        return new Line(lineCount, text, "a line longer than " + MAX_LINE_LENGTH + " bytes");
    }

    /** Returns how much of a line that is too long is kept, without splitting a character. */
    private int keptLength() {
        int length = KEPT_LENGTH;
        while (length > KEPT_LENGTH - MAX_CHARACTER_LENGTH && (buffer[position + length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }

    /** Compacts the buffer and reads more; returns false at the end of the stream. */
    private boolean fill() throws IOException {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        final int count = in.read(buffer, limit, buffer.length - limit);
        if (count <= 0) {
            return false;
        }
        limit += count;
        byteCount += count;
        return true;
    }
}
