package io.tollgate.core.image;

import io.tollgate.api.series.Window;
import io.tollgate.core.operation.WindowRegistrationOperation;
import io.tollgate.core.store.registration.WindowCodes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The registered windows in an image, each as the codes of {@link WindowCodes} in 24 bytes. They are in the order of
 * type, closed ends, length and anchor, so that the same windows give the same bytes.
 */
final class ImageWindows {
    static final int LENGTH = WindowRegistrationOperation.WINDOW_LENGTH;

    private static final Comparator<Window> ORDER = Comparator.<Window>comparingInt(WindowCodes::type)
            .thenComparingInt(WindowCodes::closed)
            .thenComparingLong(WindowCodes::length)
            .thenComparingLong(WindowCodes::anchor);

    private ImageWindows() {}

    /** Writes windows, and returns the offset after them. */
    static int put(final MutableDirectBuffer buffer, final int offset, final List<Window> windows) {
        int position = offset;
        for (final Window window : windows.stream().sorted(ORDER).toList()) {
            WindowCodes.put(buffer, position, window);
            position += LENGTH;
        }
        return position;
    }

    /** Reads a number of windows. */
    static List<Window> read(final ImageInput in, final int count) {
        final List<Window> windows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final int offset = in.next("window", LENGTH);
            final Window window = WindowCodes.window(in.buffer(), offset);
            in.require(
                    i == 0 || ORDER.compare(windows.get(i - 1), window) < 0,
                    "window",
                    window.toString(),
                    "windows in their order, each once");
            in.require(
                    isCanonical(in, offset, window), "windowCodes", window.toString(), "the codes that a writer puts");
            windows.add(window);
        }
        return windows;
    }

    private static boolean isCanonical(final ImageInput in, final int offset, final Window window) {
        final MutableDirectBuffer written = new UnsafeBuffer(new byte[LENGTH]);
        WindowCodes.put(written, 0, window);
        for (int i = 0; i < LENGTH; i += Long.BYTES) {
            if (written.getLong(i) != in.buffer().getLong(offset + i)) {
                return false;
            }
        }
        return true;
    }
}
