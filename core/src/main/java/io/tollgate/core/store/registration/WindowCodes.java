package io.tollgate.core.store.registration;

import static io.tollgate.core.store.block.SeriesRecordDescriptor.MOMENTS_TO_SECOND;
import static io.tollgate.core.store.registration.WindowSetDescriptor.TYPE_LAST_POINTS;
import static io.tollgate.core.store.registration.WindowSetDescriptor.TYPE_SINCE;
import static io.tollgate.core.store.registration.WindowSetDescriptor.TYPE_SLIDING;
import static io.tollgate.core.store.registration.WindowSetDescriptor.TYPE_TO_DATE;

import io.tollgate.api.series.Closed;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Window;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The codes of a window, as stored in window sets and in the log. All methods may allocate; control threads. */
public final class WindowCodes {
    private static final int ENTRY_TYPE_OFFSET = 0;
    private static final int ENTRY_CLOSED_OFFSET = 1;
    private static final int ENTRY_MOMENTS_OFFSET = 2;
    private static final int ENTRY_LENGTH_NS_OFFSET = 8;
    private static final int ENTRY_ANCHOR_OFFSET = 16;

    private WindowCodes() {}

    /**
     * Returns the code of the window's type.
     *
     * @param window any.
     * @return one of the types of {@link WindowSetDescriptor}.
     */
    public static byte type(final Window window) {
        if (window instanceof Window.Sliding) {
            return TYPE_SLIDING;
        }
        if (window instanceof Window.LastPoints) {
            return TYPE_LAST_POINTS;
        }
        return window instanceof Window.Since ? TYPE_SINCE : TYPE_TO_DATE;
    }

    /**
     * Returns the code of the ends that belong to a window.
     *
     * @param window any.
     * @return 1 and up for a sliding window, 0 for all others.
     */
    public static byte closed(final Window window) {
        if (!(window instanceof Window.Sliding sliding)) {
            return 0;
        }
        return switch (sliding.closed()) {
            case RIGHT -> 1;
            case LEFT -> 2;
            case BOTH -> 3;
            case NEITHER -> 4;
        };
    }

    /**
     * Returns the moments that the state of a window keeps.
     *
     * @param window any.
     * @return 0 for a window without a state: all but right-closed sliding ones.
     */
    public static short moments(final Window window) {
        return window instanceof Window.Sliding sliding && sliding.closed() == Closed.RIGHT ? MOMENTS_TO_SECOND : 0;
    }

    /**
     * Returns the length of a window.
     *
     * @param window any.
     * @return ns of a sliding window, points of one of the last points, 0 for all others.
     */
    public static long length(final Window window) {
        if (window instanceof Window.Sliding sliding) {
            return sliding.lengthNs();
        }
        return window instanceof Window.LastPoints last ? last.pointCount() : 0;
    }

    /**
     * Returns the anchor of a window.
     *
     * @param window any.
     * @return the instant of a window since one, the code of the {@link ReportingPeriod} of one to date, 0 for all
     *     others.
     */
    public static long anchor(final Window window) {
        if (window instanceof Window.Since since) {
            return since.instantNs();
        }
        return window instanceof Window.ToDate toDate
                ? ReportingPeriod.of(toDate.period(), toDate.zone()).code()
                : 0;
    }

    /**
     * Writes the codes of a window, as an entry of {@link WindowSetDescriptor}.
     *
     * @param buffer to write to.
     * @param offset of the entry in the buffer, in bytes.
     * @param window any.
     */
    public static void put(final MutableDirectBuffer buffer, final int offset, final Window window) {
        buffer.putLong(offset + ENTRY_TYPE_OFFSET, 0);
        buffer.putByte(offset + ENTRY_TYPE_OFFSET, type(window));
        buffer.putByte(offset + ENTRY_CLOSED_OFFSET, closed(window));
        buffer.putShort(offset + ENTRY_MOMENTS_OFFSET, moments(window));
        buffer.putLong(offset + ENTRY_LENGTH_NS_OFFSET, length(window));
        buffer.putLong(offset + ENTRY_ANCHOR_OFFSET, anchor(window));
    }

    /**
     * Decodes a window from an entry.
     *
     * @param buffer that holds them.
     * @param offset of the entry in the buffer, in bytes.
     * @return the window.
     * @throws IllegalArgumentException if no window has these codes.
     */
    public static Window window(final DirectBuffer buffer, final int offset) {
        return window(
                buffer.getByte(offset + ENTRY_TYPE_OFFSET),
                buffer.getByte(offset + ENTRY_CLOSED_OFFSET),
                buffer.getLong(offset + ENTRY_LENGTH_NS_OFFSET),
                buffer.getLong(offset + ENTRY_ANCHOR_OFFSET));
    }

    /**
     * Decodes a window from its codes.
     *
     * @param type   of the window.
     * @param closed which of its ends belong to it.
     * @param length of the window.
     * @param anchor of the window.
     * @return the window.
     * @throws IllegalArgumentException if no window has these codes.
     */
    public static Window window(final int type, final int closed, final long length, final long anchor) {
        return switch (type) {
            case TYPE_SLIDING -> new Window.Sliding(length, closedOf(closed));
            case TYPE_LAST_POINTS -> Window.last(length);
            case TYPE_SINCE -> Window.since(anchor);
            case TYPE_TO_DATE -> toDate(anchor);
            default ->
                throw new IllegalArgumentException("windowType=" + type
                        + ", expected 1 to 4; open this data directory with the version of Tollgate that made it");
        };
    }

    private static Closed closedOf(final int code) {
        return switch (code) {
            case 1 -> Closed.RIGHT;
            case 2 -> Closed.LEFT;
            case 3 -> Closed.BOTH;
            case 4 -> Closed.NEITHER;
            default -> throw new IllegalArgumentException("windowClosed=" + code + ", expected 1 to 4");
        };
    }

    private static Window toDate(final long code) {
        if (ReportingPeriod.ofCode(code) instanceof ReportingPeriod.Calendar calendar) {
            return Window.toDate(calendar.period(), calendar.zone());
        }
        throw new IllegalArgumentException("windowAnchor=" + code + ", expected the code of a calendar period");
    }
}
