package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.VersionCursor;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A walk over all versions of a series shows what the readings of versions show, page by page. */
class VersionCursorTest {
    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE));

    private final Random random = new Random(TestSeed.of("VersionCursorTest"));
    private final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
    private final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
    private long knownAtNs = 1_000;

    @Test
    void shouldShowAllVersionsOfManyPages() {
        change(3_000);
        for (final Series series : List.of(events, rate)) {
            for (int i = 0; i < 20; i++) {
                final long known = i == 0 ? Instants.ALL_KNOWN : 1_000 + random.nextLong(knownAtNs - 999);
                final MetricReader reader = engine.newReader().asOf(known);
                final VersionReading all =
                        reader.versions(Window.since(Instants.MIN), 10_000).read(series, Instants.MAX);
                assertEquals(listed(all), walked(reader.versionCursor().open(series)), "known at " + known);
            }
        }
    }

    @Test
    void shouldNotBeDisturbedByLaterKnowledge() {
        change(3_000);
        for (final Series series : List.of(events, rate)) {
            final MetricReader reader = engine.newReader();
            final List<String> before = walked(reader.versionCursor().open(series));
            final VersionCursor cursor = reader.versionCursor().open(series);
            final List<String> during = new ArrayList<>();
            assertTrue(cursor.next());
            knownAtNs++;
            do {
                during.add(text(cursor));
                if (during.size() % 100 == 0) {
                    change(20);
                }
            } while (cursor.next());
            assertEquals(before, during);
        }
    }

    @Test
    void shouldTellWhatAWalkCannotShow() {
        final VersionCursor cursor = engine.newReader().versionCursor();
        assertEquals(Status.UNREAD, cursor.status());
        assertFalse(cursor.open(rate).next());
        assertEquals(Status.EMPTY, cursor.status());
        KnownPoint.offer(engine.publisher(), rate, 100, 20, 1_000);
        engine.awaitApplied(KnownPoint.offer(engine.publisher(), rate, 100, 30, 1_001));
        engine.series().retain("rate", Retention.versions(0));
        assertEquals(List.of("100 30 1001 -9223372036854775808 -9223372036854775808 false"), walked(cursor.open(rate)));
        assertEquals(Status.PARTIAL, cursor.status());
        assertEquals(1_001, cursor.horizonNs());
        final VersionCursor past = engine.newReader().asOf(1_000).versionCursor();
        assertFalse(past.open(rate).next());
        assertEquals(Status.FORGOTTEN, past.status());
    }

    /** Points, revisions and withdrawals; many events share an instant. */
    private void change(final int count) {
        for (int i = 0; i < count; i++) {
            knownAtNs += random.nextInt(3);
            offer(events, random.nextInt(2), random.nextInt(4) == 0);
            offer(rate, random.nextInt(900), random.nextInt(4) == 0);
        }
    }

    private void offer(final Series series, final long validAtNs, final boolean isWithdrawal) {
        final PointEncoder point = engine.publisher()
                .point(series)
                .validAt(validAtNs)
                .knownAt(knownAtNs)
                .reference(random.nextInt(400));
        final long ticket = isWithdrawal
                ? point.withdraw()
                : point.value(random.nextInt(50)).offer();
        engine.awaitApplied(ticket);
    }

    private static List<String> listed(final VersionReading all) {
        assertEquals(all.count(), all.heldCount());
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < all.heldCount(); i++) {
            lines.add(all.validTimeNs(i) + " " + all.scaledValue(i) + " " + all.knowledgeTimeNs(i) + " "
                    + all.reference(i) + " " + all.endKnowledgeTimeNs(i) + " " + all.isWithdrawn(i));
        }
        return lines;
    }

    private static List<String> walked(final VersionCursor cursor) {
        final List<String> lines = new ArrayList<>();
        while (cursor.next()) {
            lines.add(text(cursor));
        }
        return lines;
    }

    private static String text(final VersionCursor cursor) {
        return cursor.validTimeNs() + " " + cursor.scaledValue() + " " + cursor.knowledgeTimeNs() + " "
                + cursor.reference() + " " + cursor.endKnowledgeTimeNs() + " " + cursor.isWithdrawn();
    }
}
