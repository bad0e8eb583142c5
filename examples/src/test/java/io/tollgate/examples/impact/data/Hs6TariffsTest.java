package io.tollgate.examples.impact.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.examples.impact.finding.Answers;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.PlainFiles;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Timeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class Hs6TariffsTest {
    @Test
    void shouldLoadEveryCodeWithItsChangesAndKeepMissingValuesAsUnknown() throws IOException {
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            final Feed feed = new Feed(engine);
            final Timeline timeline = Timeline.load();
            final Hs6Tariffs us = Hs6Tariffs.load(Hs6Tariffs.Direction.US_ON_CN, feed, new Sources(), timeline);
            final Hs6Tariffs china = Hs6Tariffs.load(Hs6Tariffs.Direction.CN_ON_US, feed, new Sources(), timeline);
            feed.publish();
            final Answers answers = new Answers(engine);

            assertEquals(10_501, us.series().size() + china.series().size());
            assertEquals(3_009, changedAt(us, answers, Instants.parse("2019-06-01T00:01-04:00")));
            assertEquals(38, unknownPoints(us, answers));
            // Four codes have no rate on four dates; two of these dates follow a date without a rate.
            assertEquals(expectedUnknownPoints(), unknownPoints(china, answers));
            // The file contains 4.3999999999999995.
            final long first = us.moments().iterator().next().atNs();
            assertTrue(us.series().values().stream()
                    .anyMatch(series -> answers.level(series, first).scaledValue() == 4_400_000));
            assertTrue(us.series().values().stream()
                    .noneMatch(series -> answers.level(series, first).scaledValue() == 4_399_999));
        }
    }

    private static int changedAt(final Hs6Tariffs tariffs, final Answers answers, final long atNs) {
        return (int) tariffs.series().values().stream()
                .filter(series -> answers.level(series, atNs).sinceNs() == atNs)
                .count();
    }

    /** Counts blank cells that do not follow a blank one of the same code. */
    private static int expectedUnknownPoints() throws IOException {
        int count = 0;
        final List<String> before = new ArrayList<>(List.of("", "", "known"));
        for (final String[] row : PlainFiles.rows("china_tariffs_on_us_hs6_2018_2020.csv.gz")) {
            final boolean repeats =
                    row[1].equals(before.get(1)) && before.get(2).isEmpty();
            count += row[2].isEmpty() && !repeats ? 1 : 0;
            before.clear();
            before.addAll(List.of(row));
        }
        return count;
    }

    private static int unknownPoints(final Hs6Tariffs tariffs, final Answers answers) {
        int count = 0;
        for (final var series : tariffs.series().values()) {
            long atNs = tariffs.moments().iterator().next().atNs();
            while (atNs != Instants.NONE) {
                final var level = answers.level(series, atNs);
                count += level.status() == Status.INSUFFICIENT ? 1 : 0;
                atNs = level.nextChangeAtNs();
            }
        }
        return count;
    }
}
