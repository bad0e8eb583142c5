package io.tollgate.core.define;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.TestContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two handles of one series are equal, even if one of them shows windows that were registered later. */
final class SameSeriesTest {
    private static final Limits ONE_GROUP = Limits.DEFAULT.withMaxGroupCount(1);

    @AutoClose
    private final TollgateEngine engine =
            TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL).limits(ONE_GROUP));

    private StepSeries earlier;
    private StepSeries later;

    @BeforeEach
    void giveTwoHandles() {
        earlier = engine.defineStep(SeriesDefinition.step("rate.a", Unit.PERCENT, 0));
        engine.series().register(WindowRegistration.of("rate.*").withWindows(Window.slidingNs(5)));
        later = (StepSeries) engine.series().find("rate.a").orElseThrow();
        assertNotEquals(earlier.definition(), later.definition());
    }

    private static Group of(final StepSeries series) {
        return Group.of(GroupMember.of(series));
    }

    private static WatchSet watches(final StepSeries series) {
        return WatchSet.of("high", Watch.above(WatchedPanel.of(of(series), GroupMetric.SIMPLE), 5));
    }

    @Test
    void shouldBeEqual() {
        assertEquals(earlier, later);
        assertEquals(earlier.hashCode(), later.hashCode());
    }

    @Test
    void shouldNotBeAMemberTwice() {
        final IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> Group.of(GroupMember.of(earlier), GroupMember.of(later)));
        assertEquals("series=rate.a is a member twice, expected once: it would count double", refused.getMessage());
    }

    @Test
    void shouldNotBeComparedWithItself() {
        assertThrows(IllegalArgumentException.class, () -> Comparison.of(earlier, later));
    }

    @Test
    void shouldBeWatchedAsBefore() {
        engine.updates().subscribe(watches(earlier), QueueOptions.DEFAULT);
        engine.updates().subscribe(watches(later), QueueOptions.DEFAULT);
    }

    @Test
    void shouldBeAGroupThatIsRegisteredAlready() {
        engine.series().register(of(earlier));
        engine.series().register(of(later));
    }
}
