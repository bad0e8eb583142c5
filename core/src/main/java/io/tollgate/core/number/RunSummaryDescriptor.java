package io.tollgate.core.number;

/**
 * The stored form of a {@link RunSummary}: every field little-endian, wide integers in two's complement with the lowest
 * word first. The project runs on little-endian hosts only, so fields are read and written in native order.
 *
 * <pre>
 *   0                                                              63
 *   +---------------------------------------------------------------+
 *   |                             count                             |   0  HOT
 *   +---------------------------------------------------------------+
 *   |                           firstTime                           |   8
 *   +---------------------------------------------------------------+
 *   |                           lastTime                            |  16
 *   +---------------------------------------------------------------+
 *   |                          firstValue                           |  24
 *   +---------------------------------------------------------------+
 *   |                           lastValue                           |  32
 *   +---------------------------------------------------------------+
 *   |                          firstKnown                           |  40
 *   +---------------------------------------------------------------+
 *   |                           lastKnown                           |  48
 *   +---------------------------------------------------------------+
 *   |                           duration                            |  56
 *   +---------------------------------------------------------------+
 *   |                      firstMoment, 2 words                     |  64
 *   +---------------------------------------------------------------+
 *   |                     secondMoment, 3 words                     |  80
 *   +---------------------------------------------------------------+
 *   |                              min                              | 104
 *   +---------------------------------------------------------------+
 *   |                              max                              | 112
 *   +---------------------------------------------------------------+
 *   |                            changes                            | 120
 *   +===============================================================+
 *   |                      thirdMoment, 4 words                     | 128  EXTENDED
 *   +---------------------------------------------------------------+
 *   |                     fourthMoment, 5 words                     | 160
 *   +---------------------------------------------------------------+
 *   |                      timeMoment, 2 words                      | 200
 *   +---------------------------------------------------------------+
 *   |                   timeSquareMoment, 3 words                   | 216
 *   +---------------------------------------------------------------+
 *   |                    timeValueMoment, 3 words                   | 240
 *   +---------------------------------------------------------------+
 *                                                                     264
 * </pre>
 *
 * <p>Times of the extended part are in ns since the epoch. Its moments with time are
 *
 * <pre>
 *                      FLOW        STEP, over segments [a, b] of a known value v
 *   timeMoment         sum t       2 integral t dt   = sum (b^2 - a^2)
 *   timeSquareMoment   sum t^2     3 integral t^2 dt = sum (b^3 - a^3)
 *   timeValueMoment    sum t v     2 integral t v dt = sum v (b^2 - a^2)
 * </pre>
 *
 * <p>The hot part may be loaded and stored alone.
 *
 * <p>Constants only; safe for use by any thread.
 */
public final class RunSummaryDescriptor {
    /** Offset of the number of points. */
    public static final int COUNT_OFFSET = 0;

    /** Offset of the first point's time in ns. */
    public static final int FIRST_TIME_OFFSET = 8;

    /** Offset of the last point's time in ns. */
    public static final int LAST_TIME_OFFSET = 16;

    /** Offset of the first point's value. */
    public static final int FIRST_VALUE_OFFSET = 24;

    /** Offset of the last point's value. */
    public static final int LAST_VALUE_OFFSET = 32;

    /** Offset of the first known value. */
    public static final int FIRST_KNOWN_OFFSET = 40;

    /** Offset of the last known value. */
    public static final int LAST_KNOWN_OFFSET = 48;

    /** Offset of the time in ns covered by known values, unsigned. */
    public static final int DURATION_OFFSET = 56;

    /** Offset of the weighted sum of values, two words. */
    public static final int FIRST_MOMENT_OFFSET = 64;

    /** Offset of the weighted sum of squares, three words. */
    public static final int SECOND_MOMENT_OFFSET = 80;

    /** Offset of the smallest known value. */
    public static final int MIN_OFFSET = 104;

    /** Offset of the largest known value. */
    public static final int MAX_OFFSET = 112;

    /** Offset of the number of adjacent points with different values. */
    public static final int CHANGES_OFFSET = 120;

    /** Bytes of the part that every summary has. */
    public static final int HOT_LENGTH = 128;

    /** Offset of the weighted sum of cubes, four words. */
    public static final int THIRD_MOMENT_OFFSET = 128;

    /** Offset of the weighted sum of fourth powers, five words. */
    public static final int FOURTH_MOMENT_OFFSET = 160;

    /** Offset of the sum of times, or in STEP twice their integral over known time, two words. */
    public static final int TIME_MOMENT_OFFSET = 200;

    /** Offset of the sum of squared times, or in STEP three times their integral over known time, three words. */
    public static final int TIME_SQUARE_MOMENT_OFFSET = 216;

    /** Offset of the sum of products of time and value, or in STEP twice their integral, three words. */
    public static final int TIME_VALUE_MOMENT_OFFSET = 240;

    /** Total bytes: the hot part and the extended part. */
    public static final int LENGTH = 264;

    private RunSummaryDescriptor() {}
}
