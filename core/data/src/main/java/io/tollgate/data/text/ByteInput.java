package io.tollgate.data.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a UTF-8 stream with or without byte order mark, ended by LF, CRLF or CR, in a buffer of bounded length.
 * One thread at a time.
 */
final class ByteInput implements Closeable {
    /** Longest accepted line, in bytes. */
    static final int MAX_LINE_LENGTH = 65_536;

    static final String NOT_UTF_8 = "bytes that are not UTF-8";
    static final String TOO_LONG = "a line longer than " + MAX_LINE_LENGTH + " bytes";

    /** The result of {@link #lineEnd} for a line that is too long. */
    static final int NONE = -1;

    private static final int KEPT_LENGTH = 200;
    private static final int MAX_CHARACTER_LENGTH = 4;
    private static final int LENGTH = 4 * MAX_LINE_LENGTH;

    private final InputStream stream;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final byte[] buffer = new byte[LENGTH];
    private int position;
    private int limit;
    private long byteCount;
    private long lineCount;

    ByteInput(final InputStream stream) throws IOException {
        this.stream = stream;
        while (limit < 3 && fill()) {
            // The first read of a stream may return fewer bytes than the three of a byte order mark.
        }
        if (limit >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            position = 3;
        }
    }

    byte[] buffer() {
        return buffer;
    }

    /** {@return the index of the first byte of the current line} */
    int position() {
        return position;
    }

    /** {@return the index after the last byte in the buffer} */
    int limit() {
        return limit;
    }

    /** {@return the number of lines taken so far} */
    long lineCount() {
        return lineCount;
    }

    long byteCount() {
        return byteCount;
    }

    boolean hasLine() throws IOException {
        return position < limit || fill();
    }

    /**
     * Finds the end of a line of the current record. May move the bytes in the buffer.
     *
     * @param offset of the line behind {@link #position()}.
     * @return the offset of its end behind {@link #position()}, {@link #NONE} if it is too long.
     */
    int lineEnd(final int offset) throws IOException {
        int end = offset;
        while (true) {
            while (position + end < limit) {
                final byte found = buffer[position + end];
                if (found == '\n' || found == '\r') {
                    return end - offset > MAX_LINE_LENGTH ? NONE : end;
                }
                end++;
            }
            if (end - offset > MAX_LINE_LENGTH) {
                return NONE;
            }
            if (!fill()) {
                return end;
            }
        }
    }

    /** {@return the offset of the line after the one that ends at an offset, the same offset at the end of the file} */
    int nextLine(final int end) throws IOException {
        if (position + end == limit) {
            return end;
        }
        final boolean isReturn = buffer[position + end] == '\r';
        final boolean isPair = isReturn && (position + end + 1 < limit || fill()) && buffer[position + end + 1] == '\n';
        return end + (isPair ? 2 : 1);
    }

    /** Moves to the line at an offset, past a number of lines. */
    void take(final int offset, final int count) {
        position += offset;
        lineCount += count;
    }

    /** Moves past a line that is too long, and returns its beginning. */
    String takeTooLong() throws IOException {
        int keptLength = KEPT_LENGTH;
        // No part of a character.
        while (keptLength > KEPT_LENGTH - MAX_CHARACTER_LENGTH && (buffer[position + keptLength] & 0xC0) == 0x80) {
            keptLength--;
        }
        final String kept = new String(buffer, position, keptLength, StandardCharsets.UTF_8) + "...";
        do {
            while (position < limit && buffer[position] != '\n' && buffer[position] != '\r') {
                position++;
            }
        } while (position == limit && fill());
        take(nextLine(0), 1);
        return kept;
    }

    String text(final int offset, final int end) {
        return new String(buffer, position + offset, end - offset, StandardCharsets.UTF_8);
    }

    boolean isUtf8(final int offset, final int end) {
        for (int i = position + offset; i < position + end; i++) {
            if (buffer[i] < 0) {
                return isDecodable(ByteBuffer.wrap(buffer, i, position + end - i));
            }
        }
        return true;
    }

    private boolean isDecodable(final ByteBuffer bytes) {
        try {
            decoder.decode(bytes);
            return true;
        } catch (final CharacterCodingException e) {
            return false;
        }
    }

    /** Compacts the buffer and reads more; returns false at the end of the stream. */
    private boolean fill() throws IOException {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        final int count = limit == buffer.length ? 0 : stream.read(buffer, limit, buffer.length - limit);
        if (count <= 0) {
            return false;
        }
        limit += count;
        byteCount += count;
        return true;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
