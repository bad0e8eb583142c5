package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.timeline.PanelText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text that identifies watches, which another Java version may have written. */
class PanelTextTest {
    private static final String NAME = "panels";

    /** The texts of Java before 19 and of later versions. */
    private static final String BEFORE_19 = "ABOVE 1.9999999999999998E23 1.9999999999999998E23 0 group simple\n";

    private static final String SINCE_19 = "ABOVE 2.0E23 2.0E23 0 group simple\n";

    @Test
    void shouldKnowThresholdsByTheirValues() {
        assertTrue(PanelText.isSame(BEFORE_19, SINCE_19));
        assertTrue(PanelText.isSame(SINCE_19, BEFORE_19));
        assertTrue(PanelText.isSame(BEFORE_19 + SINCE_19, SINCE_19 + BEFORE_19));
    }

    @ParameterizedTest
    @CsvSource({
        "BELOW 2.0E23 2.0E23 0 group simple",
        "ABOVE 2.1E23 2.0E23 0 group simple",
        "ABOVE 2.0E23 -2.0E23 0 group simple",
        "ABOVE 2.0E23 2.0E23 00 group simple",
        "ABOVE 2.0E23 2.0E23 0 group  simple",
        "ABOVE 2.0E23 2.0E23 0",
        "ABOVE high 2.0E23 0 group simple",
        "''"
    })
    void shouldNotTakeOthersForTheSame(final String logged) {
        assertFalse(PanelText.isSame(logged + "\n", SINCE_19));
        assertFalse(PanelText.isSame(SINCE_19, SINCE_19 + logged + "\n"));
    }

    @Test
    void shouldContinueWatchesLoggedByAnotherJavaVersion() {
        for (final String logged : new String[] {BEFORE_19, SINCE_19}) {
            try (TollgateEngine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
                final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
                final WatchedPanel panel = WatchedPanel.of(Group.of(GroupMember.of(rate)), GroupMetric.SIMPLE);
                engine.resources().updates().panels().begin(NAME, logged, 1, 1);
                final WatchSet others = WatchSet.of(NAME, Watch.above(panel, 2.1e23));
                assertThrows(
                        IllegalStateException.class, () -> engine.updates().subscribe(others, QueueOptions.DEFAULT));
                final WatchSet same = WatchSet.of(NAME, Watch.above(panel, 2e23));
                engine.updates().subscribe(same, QueueOptions.DEFAULT).close();
            }
        }
    }
}
