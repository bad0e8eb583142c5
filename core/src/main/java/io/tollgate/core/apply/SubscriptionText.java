package io.tollgate.core.apply;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.store.registration.WindowCodes;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a subscription in the log, and in the file of a closed store. It has these lines in this order; metrics
 * and watches are in the order of the subscription:
 *
 * <pre>
 *   name NAME
 *   pattern PATTERN
 *   options MIN_COUNT MIN_COVERAGE MIN_SPAN_NS IS_PRO_RATA
 *   every NS
 *   level                                      or, for each metric
 *   window TYPE CLOSED LENGTH ANCHOR METRIC    codes of {@link WindowCodes}, and {@link Metric#text()}
 *   watch SIDE FIRE CLEAR FOR_NS               and behind it, for each watch, level or window and so on
 * </pre>
 *
 * <p>No other text is accepted, except other digits of a number: Java versions may format numbers differently.
 */
public final class SubscriptionText {
    private static final String LEVEL = "level";
    private static final String WINDOW = "window ";

    private static final String WATCH = "watch ";

    private SubscriptionText() {}

    public static String of(final Subscription subscription) {
        final ReadOptions options = subscription.options();
        final StringBuilder text = new StringBuilder();
        text.append("name ").append(subscription.name());
        text.append("\npattern ").append(subscription.pattern());
        text.append("\noptions ")
                .append(options.minCount())
                .append(' ')
                .append(options.minCoverage())
                .append(' ')
                .append(options.minSpanNs())
                .append(' ')
                .append(options.isProRata());
        text.append("\nevery ").append(subscription.everyNs());
        subscription.metrics().forEach(metric -> text.append('\n').append(of(metric)));
        for (final Watch watch : subscription.watches()) {
            text.append('\n').append(WATCH).append(watch.side());
            text.append(' ').append(watch.fire()).append(' ').append(watch.clear());
            text.append(' ').append(watch.forNs()).append(' ').append(of(watch.metric()));
        }
        return text.toString();
    }

    private static String of(final WatchedMetric metric) {
        if (metric instanceof WatchedMetric.OfWindow of) {
            final Window window = of.window();
            return WINDOW
                    + WindowCodes.type(window)
                    + ' '
                    + WindowCodes.closed(window)
                    + ' '
                    + WindowCodes.length(window)
                    + ' '
                    + WindowCodes.anchor(window)
                    + ' '
                    + of.metric().text();
        }
        return LEVEL;
    }

    public static Subscription parse(final String text) {
        try {
            final String[] lines = text.split("\n", -1);
            final List<WatchedMetric> metrics = new ArrayList<>();
            final List<Watch> watches = new ArrayList<>();
            for (int i = 4; i < lines.length; i++) {
                if (watches.isEmpty() && !lines[i].startsWith(WATCH)) {
                    metrics.add(metric(lines[i]));
                } else {
                    watches.add(watch(lines[i]));
                }
            }
            return new Subscription(
                    field(lines[0], "name "),
                    field(lines[1], "pattern "),
                    metrics,
                    watches,
                    options(field(lines[2], "options ").split(" ", 4)),
                    Long.parseLong(field(lines[3], "every ")));
        } catch (final IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalStateException(
                    "subscription=" + text + ", expected the text that this version of Tollgate writes", e);
        }
    }

    private static ReadOptions options(final String[] parts) {
        final boolean isProRata = Boolean.parseBoolean(parts[3]);
        if (!parts[3].equals(String.valueOf(isProRata))) {
            throw new IllegalArgumentException("isProRata=" + parts[3] + ", expected true or false");
        }
        return new ReadOptions(
                Long.parseLong(parts[0]), Double.parseDouble(parts[1]), Long.parseLong(parts[2]), isProRata);
    }

    private static String field(final String line, final String name) {
        if (!line.startsWith(name)) {
            throw new IllegalArgumentException("line=" + line + ", expected " + name);
        }
        return line.substring(name.length());
    }

    private static Watch watch(final String line) {
        final String[] parts = field(line, WATCH).split(" ", 5);
        return new Watch(
                metric(parts[4]),
                Watch.Side.valueOf(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Long.parseLong(parts[3]));
    }

    private static WatchedMetric metric(final String line) {
        if (line.equals(LEVEL)) {
            return WatchedMetric.LEVEL;
        }
        final String[] parts = field(line, WINDOW).split(" ", 5);
        return WatchedMetric.of(
                WindowCodes.window(
                        Integer.parseInt(parts[0]),
                        Integer.parseInt(parts[1]),
                        Long.parseLong(parts[2]),
                        Long.parseLong(parts[3])),
                Metric.parse(parts[4]));
    }
}
