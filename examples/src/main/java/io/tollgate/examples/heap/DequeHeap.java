package io.tollgate.examples.heap;

import io.tollgate.examples.workload.Workload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Windows written in an afternoon: a map from series to windows, a deque of points for each, and two more deques for
 * min and max. A late point is inserted by removing the later ones from the end and adding them again.
 */
public final class DequeHeap implements RollingWindows {
    private final long[] lengthsNs;
    private final Map<Integer, DequeWindow[]> windows = new HashMap<>();
    private final Map<Integer, Long> lastTimes = new HashMap<>();

    /**
     * Creates empty windows.
     *
     * @param workload with the windows.
     */
    public DequeHeap(final Workload workload) {
        lengthsNs = workload.windowsNs();
    }

    @Override
    public void add(final int series, final long timeNs, final double value) {
        final Point point = new Point(timeNs, value);
        final long lastTime = lastTimes.merge(series, timeNs, Math::max);
        for (final DequeWindow window : windows.computeIfAbsent(series, key -> newWindows())) {
            window.add(point, lastTime);
        }
    }

    private DequeWindow[] newWindows() {
        final DequeWindow[] made = new DequeWindow[lengthsNs.length];
        for (int w = 0; w < made.length; w++) {
            made[w] = new DequeWindow(lengthsNs[w]);
        }
        return made;
    }

    @Override
    public void read(final int series, final int window, final WindowMetrics metrics) {
        windows.get(series)[window].read(metrics);
    }

    private record Point(long timeNs, double value) {}

    private static final class DequeWindow {
        private final long lengthNs;
        private final Deque<Point> points = new ArrayDeque<>();
        private final Deque<Point> largest = new ArrayDeque<>();
        private final Deque<Point> smallest = new ArrayDeque<>();
        private double sum;
        private double squares;

        DequeWindow(final long lengthNs) {
            this.lengthNs = lengthNs;
        }

        void add(final Point point, final long lastTime) {
            if (point.timeNs <= lastTime - lengthNs) {
                return;
            }
            insert(points, point);
            sum += point.value;
            squares += point.value * point.value;
            insertExtreme(largest, point, 1);
            insertExtreme(smallest, point, -1);
            evict(lastTime - lengthNs);
        }

        private static void insert(final Deque<Point> deque, final Point point) {
            final Deque<Point> later = takeLater(deque, point.timeNs);
            deque.addLast(point);
            putBack(deque, later);
        }

        private static void insertExtreme(final Deque<Point> deque, final Point point, final int sign) {
            final Deque<Point> later = takeLater(deque, point.timeNs);
            if (later.isEmpty() || sign * later.peekFirst().value < sign * point.value) {
                while (!deque.isEmpty() && sign * deque.peekLast().value <= sign * point.value) {
                    deque.removeLast();
                }
                deque.addLast(point);
            }
            putBack(deque, later);
        }

        private static Deque<Point> takeLater(final Deque<Point> deque, final long timeNs) {
            if (deque.isEmpty() || deque.peekLast().timeNs <= timeNs) {
                return NONE;
            }
            final Deque<Point> later = new ArrayDeque<>();
            while (!deque.isEmpty() && deque.peekLast().timeNs > timeNs) {
                later.addFirst(deque.removeLast());
            }
            return later;
        }

        private static void putBack(final Deque<Point> deque, final Deque<Point> later) {
            for (final Point point : later) {
                deque.addLast(point);
            }
        }

        private static final Deque<Point> NONE = new ArrayDeque<>(0);

        private void evict(final long cutoffNs) {
            while (points.peekFirst().timeNs <= cutoffNs) {
                final Point left = points.removeFirst();
                sum -= left.value;
                squares -= left.value * left.value;
            }
            while (largest.peekFirst().timeNs <= cutoffNs) {
                largest.removeFirst();
            }
            while (smallest.peekFirst().timeNs <= cutoffNs) {
                smallest.removeFirst();
            }
        }

        void read(final WindowMetrics metrics) {
            metrics.sums(points.size(), sum, squares);
            metrics.max = largest.peekFirst().value;
            metrics.min = smallest.peekFirst().value;
        }
    }
}
