package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.apply.SubscriptionText;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.oracle.RandomSubscriptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The text of a subscription contains all its parts, one in each line. Four lines come first, once each, then its
 * metrics, then its watches, both in the order of their indices. No other text is accepted.
 */
class SubscriptionTextTest {
    private static final int HEAD = 4;
    private static final int TIMES = 250;

    private final long seed = TestSeed.of("SubscriptionTextTest");
    private final Random random = new Random(seed);
    private final RandomSubscriptions subscriptions = new RandomSubscriptions(random, false);

    @Test
    void shouldReadBackWhatItWrote() {
        for (int i = 0; i < TestEffort.times(TIMES); i++) {
            final Subscription subscription = subscriptions.next();
            final String text = SubscriptionText.of(subscription);
            final Subscription read = SubscriptionText.parse(text);
            assertEquals(subscription, read, () -> "seed=" + seed);
            assertEquals(text, SubscriptionText.of(read), () -> "seed=" + seed);
        }
    }

    @Test
    void shouldTakeLinesInAnotherOrderForThatOfMetricsAndWatchesAndRefuseAnyOther() {
        for (int i = 0; i < TestEffort.times(TIMES); i++) {
            final Subscription subscription = subscriptions.next();
            final List<String> lines = lines(subscription);
            final int first = random.nextInt(lines.size());
            final int second = random.nextInt(lines.size());
            Collections.swap(lines, first, second);
            final Lists lists = Lists.of(subscription);
            requireRead(first == second || lists.swap(first - HEAD, second - HEAD), lists, subscription, lines);
        }
    }

    @Test
    void shouldRefuseARepeatedLineUnlessItIsAWatch() {
        for (int i = 0; i < TestEffort.times(TIMES); i++) {
            final Subscription subscription = subscriptions.next();
            final List<String> lines = lines(subscription);
            final int place = random.nextInt(lines.size());
            lines.add(place, lines.get(place));
            final Lists lists = Lists.of(subscription);
            requireRead(lists.repeat(place - HEAD), lists, subscription, lines);
        }
    }

    /** A text without one metric or watch is that of another subscription. Only the log can prove it complete. */
    @Test
    void shouldRefuseATextWithoutALineUnlessItIsAMetricOrAWatch() {
        for (int i = 0; i < TestEffort.times(TIMES); i++) {
            final Subscription subscription = subscriptions.next();
            final List<String> lines = lines(subscription);
            final int place = random.nextInt(lines.size());
            lines.remove(place);
            final Lists lists = Lists.of(subscription);
            requireRead(lists.remove(place - HEAD), lists, subscription, lines);
        }
    }

    /** The metrics and watches of a subscription, by the place of their line after the first four. */
    private record Lists(List<WatchedMetric> metrics, List<Watch> watches) {
        static Lists of(final Subscription subscription) {
            return new Lists(new ArrayList<>(subscription.metrics()), new ArrayList<>(subscription.watches()));
        }

        private boolean isMetric(final int place) {
            return place >= 0 && place < metrics.size();
        }

        /** Swaps two lines. Returns true if both are of one kind. */
        boolean swap(final int first, final int second) {
            if (isMetric(first) && isMetric(second)) {
                Collections.swap(metrics, first, second);
                return true;
            }
            final int size = metrics.size();
            final boolean areWatches = first >= size && second >= size;
            if (areWatches) {
                Collections.swap(watches, first - size, second - size);
            }
            return areWatches;
        }

        /** Repeats a line. Returns true if one more is permitted. */
        boolean repeat(final int place) {
            final int watch = place - metrics.size();
            if (place < 0 || watch < 0 || watches.size() == Subscription.MAX_WATCHES) {
                return false;
            }
            watches.add(watch, watches.get(watch));
            return true;
        }

        /** Removes a line. Returns true if it is a metric or a watch. */
        boolean remove(final int place) {
            if (isMetric(place)) {
                metrics.remove(place);
            } else if (place >= 0) {
                watches.remove(place - metrics.size());
            }
            return place >= 0;
        }
    }

    private static List<String> lines(final Subscription subscription) {
        return new ArrayList<>(List.of(SubscriptionText.of(subscription).split("\n")));
    }

    private void requireRead(
            final boolean isRead, final Lists lists, final Subscription subscription, final List<String> lines) {
        final String text = String.join("\n", lines);
        if (isRead) {
            final Subscription expected = new Subscription(
                    subscription.name(),
                    subscription.pattern(),
                    lists.metrics(),
                    lists.watches(),
                    subscription.options(),
                    subscription.everyNs());
            assertEquals(expected, SubscriptionText.parse(text), () -> "seed=" + seed);
        } else {
            requireRefused(text);
        }
    }

    private void requireRefused(final String text) {
        final IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> SubscriptionText.parse(text), () -> "seed=" + seed);
        assertEquals(
                "subscription=" + text + ", expected the text that this version of Tollgate writes",
                refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "level",
                "level\n",
                "\nlevel",
                "Level",
                "level ",
                "levels",
                "every 0",
                "window 1 1 10 0",
                "window 0 0 10 0 mean",
                "window 5 0 10 0 mean",
                "window 1 5 10 0 mean",
                "window 1 1 0 0 mean",
                "window 1 1 10 0 means",
                "window 4 0 0 7 mean",
                "window 1 1 10 0  mean",
                "watch ABOVE 1.0 1.0 0",
                "watch above 1.0 1.0 0 level",
                "watch ABOVE 1.0 2.0 0 level",
                "watch ABOVE 1.0 1.0 -1 level",
                "watch ABOVE NaN 1.0 0 level",
                "watch ABOVE 1.0 1.0 0 watch ABOVE 1.0 1.0 0 level"
            })
    void shouldRefuseInvalidLines(final String line) {
        final String head = "name n\npattern *\noptions 1 0.0 0 false\nevery 0";
        assertEquals(
                Optional.of(WatchedMetric.LEVEL),
                SubscriptionText.parse(head + "\nlevel").metrics().stream().findFirst());
        requireRefused(line.equals("level") ? head + "\nlevel\nlevel" : head + "\n" + line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "options 1 0.0 0",
                "options 1 0.0 0 false true",
                "options 1 0.0 0 yes",
                "options 1 0.0 0 TRUE",
                "options 0 0.0 0 false",
                "options 1 1.5 0 false",
                "options 1 NaN 0 false",
                "options 1 0.0 -1 false",
                "options 1  0 false",
                "options"
            })
    void shouldRefuseInvalidOptions(final String options) {
        assertTrue(SubscriptionText.parse("name n\npattern *\noptions 1 0.0 0 true\nevery 0\nlevel")
                .options()
                .isProRata());
        requireRefused("name n\npattern *\n" + options + "\nevery 0\nlevel");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name n n\npattern *",
                "name \npattern *",
                "name n\npattern ",
                "name n\npattern a..b",
                " name n\npattern *"
            })
    void shouldRefuseInvalidNamesAndPatterns(final String front) {
        requireRefused(front + "\noptions 1 0.0 0 false\nevery 0\nlevel");
        requireRefused("name n\npattern *\noptions 1 0.0 0 false\nevery 1\nlevel");
    }
}
