package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Concordance;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.group.Recoding;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members whose code has two segments and leads to series with longer keys. */
final class LeadingCodeTest {
    private static final String[] CODES = {"US.CN", "US.DE"};
    private static final long BEFORE_NS = 100;
    private static final long CHANGE_NS = 200;
    private static final long NOW_NS = 1_000;
    private static final LevelPattern RATES = new LevelPattern("rate.*", Unit.PERCENT, 0);
    private static final MemberPattern PATTERN =
            MemberPattern.of(RATES, new LevelPattern("imports.*.usd", Unit.COUNT, 0));

    @AutoClose
    private TollgateEngine engine;

    private void launch() {
        engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));
    }

    private void work() {
        while (engine.step() > 0) {
            Thread.onSpinWait();
        }
    }

    /** Defines series of one unit and scale for each kind of key, with a level from an instant on for each code. */
    private void offer(final String pattern, final Unit unit, final long atNs, final long... levels) {
        for (int i = 0; i < levels.length; i++) {
            final StepSeries series = engine.defineStep(SeriesDefinition.step(pattern.replace("*", CODES[i]), unit, 0));
            engine.awaitApplied(engine.publisher().offer(series, atNs, levels[i]));
        }
        work();
    }

    /** Rates 50 and 10 with weights of 60 and 40, then of 20 and 80, have an average of 34, then of 18. */
    private void offerRatesAndWeights() {
        offer("rate.*", Unit.PERCENT, BEFORE_NS, 50, 10);
        offer("imports.*.usd", Unit.COUNT, BEFORE_NS, 60, 40);
    }

    private void assertWeighted(final double expected, final GroupReading reading) {
        assertEquals(Status.OK, reading.status(GroupMetric.WEIGHTED));
        assertEquals(expected, reading.value(GroupMetric.WEIGHTED));
        assertEquals(2, reading.memberCount());
    }

    @Test
    void shouldKeepUpWithWeights() {
        launch();
        engine.advanceTo(NOW_NS);
        final Group group = Group.fitting(PATTERN);
        engine.series().register(group);
        final PanelReader reader = engine.newPanelReader();
        final GroupReading reading = reader.group(group);
        offerRatesAndWeights();
        reading.read(NOW_NS);
        assertWeighted(34, reading);
        offer("imports.*.usd", Unit.COUNT, CHANGE_NS, 20, 80);
        reading.read(NOW_NS);
        assertWeighted(18, reading);
        reading.read(CHANGE_NS - 1);
        assertWeighted(34, reading);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void shouldReportWeightsAndMemberships(final boolean isMembership) {
        launch();
        final Group group = Group.fitting(isMembership ? PATTERN.withMembership("member.*.in") : PATTERN);
        final UpdateQueue updates = engine.updates()
                .subscribe(
                        WatchSet.of("low", Watch.below(WatchedPanel.of(group, GroupMetric.WEIGHTED), 20)),
                        QueueOptions.DEFAULT);
        engine.advanceTo(NOW_NS);
        offerRatesAndWeights();
        offer("member.*.in", Unit.COUNT, BEFORE_NS, 1, 1);
        assertEquals(0, updates.poll(update -> {}, 100), "34 is not below 20");
        if (isMembership) {
            offer("member.*.in", Unit.COUNT, CHANGE_NS, 0);
        } else {
            offer("imports.*.usd", Unit.COUNT, CHANGE_NS, 20, 80);
        }
        final List<Long> instants = new ArrayList<>();
        updates.poll(update -> instants.add(update.atNs()), 100);
        assertEquals(List.of(CHANGE_NS), instants);
    }

    @Test
    void shouldFindTheWeightsOfCodesThatFollowOneAnother() {
        launch();
        engine.advanceTo(NOW_NS);
        final Group group =
                Group.fitting(PATTERN.withConcordance(Concordance.of(Recoding.renamed(CHANGE_NS, CODES[0], "US.HK"))));
        offerRatesAndWeights();
        final PanelReader reader = engine.newPanelReader();
        final GroupReading reading = reader.group(group);
        for (final long atNs : new long[] {BEFORE_NS, NOW_NS}) {
            reading.read(atNs);
            assertWeighted(34, reading);
        }
    }
}
