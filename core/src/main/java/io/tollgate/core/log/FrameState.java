package io.tollgate.core.log;

/** The kind of bytes found at a position of a segment. */
enum FrameState {
    /** A frame with a right checksum and whole records. */
    VALID("frame"),
    /** A valid frame that cannot be at this position. */
    MISPLACED("frame"),
    /** Records of frames that have no length word. They begin at the position of the next frame. */
    TORN("frame without a length"),
    /** Zero bytes: never written. */
    ZERO("zero bytes"),
    /** A frame, or other bytes, cut by the end of the file. */
    CUT("bytes cut by the end of the file"),
    /** Bytes that are not zero and not a possible frame length. */
    BAD_LENGTH("bytes that are no frame length"),
    /** A possible length word, but the checksum does not match the bytes. */
    BAD_CRC("frame with a wrong crc32c"),
    /**
     * The checksum matches, but the count or length of the records does not match the frame, or a loss is impossible.
     */
    BAD_RECORDS("frame whose records do not fill it, or cannot be");

    private final String text;

    FrameState(final String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
