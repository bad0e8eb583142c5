package io.tollgate.core.number;

/**
 * The short stored form of a {@link RunSummary} with small numbers: together with the other fields of a window state it
 * fits one cache line in FLOW and two in STEP. All fields are little-endian. The run has at least one point, and its
 * first and last value are known. Time and value of the last point are not stored, nor in FLOW the time of the first
 * point.
 *
 * <pre>
 *   +-------------------------------+-------------------------------+
 *  0|             count             |            changes            |
 *   +-------------------------------+-------------------------------+
 *  8|               lowest word of the first moment                 |
 *   +---------------------------------------------------------------+
 * 16|               lowest word of the second moment                |
 *   +-------------------------------+-------------------------------+
 * 24|  FLOW: second word of it      |              min              |
 *   +-------------------------------+-------------------------------+
 * 32|              max              |          first value          |
 *   +===============================+===============================+
 * 40|                          first time                           |  STEP only
 * 48|                           duration                            |
 * 56|               highest word of the first moment                |
 * 64|               middle word of the second moment                |
 *   +---------------------------------------------------------------+
 * </pre>
 */
public final class NarrowSummaryDescriptor {
    public static final int COUNT_OFFSET = 0;
    public static final int CHANGES_OFFSET = 4;
    public static final int FIRST_MOMENT_OFFSET = 8;
    public static final int SECOND_MOMENT_OFFSET = 16;
    public static final int SECOND_MOMENT_UPPER_OFFSET = 24;
    public static final int MIN_OFFSET = 28;
    public static final int MAX_OFFSET = 32;
    public static final int FIRST_VALUE_OFFSET = 36;
    public static final int FIRST_TIME_OFFSET = 40;
    public static final int DURATION_OFFSET = 48;
    public static final int FIRST_MOMENT_HIGH_OFFSET = 56;
    public static final int SECOND_MOMENT_MIDDLE_OFFSET = 64;

    /** Length in FLOW in bytes. */
    public static final int FLOW_LENGTH = 40;

    /** Length in STEP in bytes; the last ones are unused. */
    public static final int STEP_LENGTH = 104;

    private NarrowSummaryDescriptor() {}
}
