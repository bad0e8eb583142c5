package io.tollgate.core.oracle;

import io.tollgate.api.read.Baseline;
import io.tollgate.api.read.BaselineRatio;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.Cusum;
import io.tollgate.api.read.CusumChart;
import io.tollgate.api.read.Decay;
import io.tollgate.api.read.Ewma;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.PoissonScore;
import io.tollgate.api.read.Quantile;
import io.tollgate.api.read.QuantileMethod;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.ShareAbove;
import io.tollgate.api.read.ShareBelow;
import io.tollgate.api.read.Volatility;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random subscriptions with all possible windows and metrics, options, grids and watches, in any order. */
public final class RandomSubscriptions {
    private static final String[] SEGMENTS = {"tariff", "US", "z\u00f6lle", "a b", "*", "\uD83D\uDE80", "name"};
    private static final List<String> ZONES = List.of("America/New_York", "Asia/Shanghai", "UTC", "Etc/GMT+5");

    private final Random random;
    private final boolean isFollowed;

    /**
     * @param isFollowed true if each evaluation takes time; then metrics and watches are few, and so are the windows of
     * a baseline.
     */
    public RandomSubscriptions(final Random random, final boolean isFollowed) {
        this.random = random;
        this.isFollowed = isFollowed;
    }

    public Subscription next() {
        final Set<WatchedMetric> metrics = new LinkedHashSet<>();
        for (int i = count(Subscription.MAX_METRICS); i > 0; i--) {
            metrics.add(metric());
        }
        final List<Watch> watches = new ArrayList<>();
        for (int i = count(Subscription.MAX_WATCHES); i > 0; i--) {
            watches.add(watch());
        }
        return new Subscription(name(), pattern(), List.copyOf(metrics), watches, options(), everyNs());
    }

    /** Draws mostly a few, sometimes none or the greatest number. */
    private int count(final int most) {
        return !isFollowed && random.nextInt(20) == 0 ? most : random.nextInt(5);
    }

    /** Draws printable ASCII. */
    private String name() {
        final StringBuilder name = new StringBuilder();
        final int length = 1 + random.nextInt(random.nextInt(4) == 0 ? Subscription.MAX_NAME_LENGTH : 8);
        for (int i = 0; i < length; i++) {
            name.append((char) (random.nextInt('~' - ' ') + ' ' + 1));
        }
        return name.toString();
    }

    private String pattern() {
        final StringBuilder pattern = new StringBuilder(SEGMENTS[random.nextInt(SEGMENTS.length)]);
        for (int i = random.nextInt(4); i > 0; i--) {
            pattern.append('.').append(SEGMENTS[random.nextInt(SEGMENTS.length)]);
        }
        return pattern.toString();
    }

    private ReadOptions options() {
        final double[] coverages = {0, 1, 0.5, 0.1 + 0.2, Double.MIN_VALUE, random.nextDouble()};
        return random.nextInt(4) == 0
                ? ReadOptions.DEFAULT
                : new ReadOptions(
                        1 + (random.nextLong() >>> 1 + random.nextInt(63)) % Long.MAX_VALUE,
                        coverages[random.nextInt(coverages.length)],
                        random.nextLong() >>> 1 + random.nextInt(63),
                        random.nextBoolean());
    }

    private long everyNs() {
        return random.nextBoolean() ? 0 : Subscription.MIN_EVERY_NS + (random.nextLong() >>> 2 + random.nextInt(40));
    }

    private Watch watch() {
        final double[] thresholds = {0, -0.0, 1e-300, 2e23, random.nextGaussian(), random.nextInt(100) / 10.0};
        final double fire = thresholds[random.nextInt(thresholds.length)];
        final double quiet = random.nextBoolean() ? 0 : random.nextDouble();
        final boolean isAbove = random.nextBoolean();
        return new Watch(
                metric(),
                isAbove ? Watch.Side.ABOVE : Watch.Side.BELOW,
                fire,
                isAbove ? fire - quiet : fire + quiet,
                random.nextBoolean() ? 0 : random.nextLong() >>> 1 + random.nextInt(63));
    }

    private WatchedMetric metric() {
        return random.nextInt(6) == 0 ? WatchedMetric.LEVEL : WatchedMetric.of(window(), metricOfWindow());
    }

    private Window window() {
        return switch (random.nextInt(4)) {
            case 0 -> new Window.Sliding(lengthNs(), Closed.values()[random.nextInt(Closed.values().length)]);
            case 1 -> Window.last(lengthNs());
            case 2 ->
                Window.since(
                        random.nextBoolean() ? random.nextInt() : random.nextBoolean() ? Instants.MIN : Instants.MAX);
            default -> Window.toDate(CalendarPeriod.values()[random.nextInt(CalendarPeriod.values().length)], zone());
        };
    }

    private ZoneId zone() {
        return random.nextBoolean()
                ? ZoneId.of(ZONES.get(random.nextInt(ZONES.size())))
                : ZoneOffset.ofTotalSeconds(random.nextInt(36 * 3_600 + 1) - 18 * 3_600);
    }

    private long lengthNs() {
        return 1 + (random.nextLong() >>> 2 + random.nextInt(61));
    }

    private Metric metricOfWindow() {
        return switch (random.nextInt(12)) {
            case 0 -> new Quantile(random.nextInt(1_000_000_001), QuantileMethod.values()[random.nextInt(2)]);
            case 1 -> new ShareAbove(decimal());
            case 2 -> new ShareBelow(decimal());
            case 3 -> new Volatility(decimal().abs().add(BigDecimal.ONE));
            case 4 ->
                new Ewma(random.nextBoolean() ? new Decay.HalfLife(lengthNs()) : new Decay.TimeConstant(lengthNs()));
            case 5 -> new Cusum(chart(), Cusum.Answer.values()[random.nextInt(Cusum.Answer.values().length)]);
            case 6 -> new BaselineRatio(baseline());
            case 7 -> new PoissonScore(baseline());
            default -> BasicMetric.values()[random.nextInt(BasicMetric.values().length)];
        };
    }

    private CusumChart chart() {
        return new CusumChart(
                decimal(),
                decimal().abs().add(BigDecimal.ONE),
                decimal().abs(),
                decimal().abs(),
                CusumChart.Side.values()[random.nextInt(2)],
                CusumChart.Reset.values()[random.nextInt(2)]);
    }

    private Baseline baseline() {
        return random.nextBoolean()
                ? new Baseline.Fixed(decimal())
                : new Baseline.Earlier(lengthNs(), 1 + random.nextInt(isFollowed ? 3 : Baseline.MAX_COUNT));
    }

    private BigDecimal decimal() {
        return BigDecimal.valueOf(random.nextLong(), random.nextInt(40) - 10);
    }
}
