package io.tollgate.core.log;

/** What stands at a position of a segment where a frame could stand. */
enum FrameState {
    /** A frame with a right checksum and whole records. */
    VALID("frame"),
    /** A frame that does not come next, or that no log has there. */
    MISPLACED("frame"),
    /** The records of frames that begin where the next one does, and have no length. */
    TORN("frame without a length"),
    /** Zero bytes: nothing was ever written here. */
    ZERO("zero bytes"),
    /** A frame, or something else, that the file's end cuts. */
    CUT("bytes cut by the end of the file"),
    /** Bytes whose length word cannot be one. */
    BAD_LENGTH("bytes that are no frame length"),
    /** A length word, and a checksum that does not belong to the bytes. */
    BAD_CRC("frame with a wrong crc32c"),
    /** A right checksum over records that are not as many or as long as the frame says, or a loss that cannot be. */
    BAD_RECORDS("frame whose records do not fill it, or cannot be");

    private final String text;

    FrameState(final String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
