package io.tollgate.core.store;

/** A map, or its table, that is not what would be written here: forged, of other settings, or from another machine. */
final class UnlikeMapException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final long position;
    private final String found;
    private final String expected;

    /**
     * A refusal.
     *
     * @param place what is refused, and where in it
     * @param position of the difference in the file in bytes, 0 where it is not known
     * @param found what stands there
     * @param expected what should stand there
     * @param advice what to do
     */
    UnlikeMapException(
            final String place, final long position, final String found, final String expected, final String advice) {
        super(place + ": found " + found + ", expected " + expected + "; " + advice);
        this.position = position;
        this.found = found;
        this.expected = expected;
    }

    /** {@return where in the file, in bytes; 0 where it is not known} */
    long position() {
        return position;
    }

    /** {@return what stands there} */
    String found() {
        return found;
    }

    /** {@return what should stand there} */
    String expected() {
        return expected;
    }
}
