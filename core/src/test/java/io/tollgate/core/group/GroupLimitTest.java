package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.TestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The greatest number of maintained groups and hierarchies. */
class GroupLimitTest {
    private static final int SERIES = 6;
    private static final Group ALL = Group.fitting(MemberPattern.of(new LevelPattern("rate.*", Unit.PERCENT, 0)));

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseMoreGroupsThanTheLimit() {
        final Group first;
        final Group last;
        try (Engine engine = launch(3)) {
            final List<StepSeries> rates = IntStream.range(0, SERIES)
                    .mapToObj(i -> engine.defineStep(SeriesDefinition.step("rate." + i, Unit.PERCENT, 0)))
                    .toList();
            for (int i = 0; i < SERIES; i++) {
                engine.awaitApplied(engine.publisher().offer(rates.get(i), 0, i));
            }
            first = Group.of(GroupMember.of(rates.get(0)));
            last = Group.of(rates.stream().map(GroupMember::of).toList());
            for (int again = 0; again < 2; again++) {
                engine.series().register(first);
                engine.series().register(ALL);
                engine.series().register(Hierarchy.byPrefix(last, 1));
                requireRefused(
                        "members=6 patterns=0 groupCount=3",
                        3,
                        () -> engine.series().register(last));
                requireRefused(
                        "members=0 patterns=1 groupCount=3",
                        3,
                        () -> engine.series().register(Hierarchy.byPrefix(ALL, 1)));
            }
            // The engine still reads the group, member by member.
            final PanelReader reader = engine.newPanelReader();
            final GroupReading reading = reader.group(last).read(0);
            assertEquals(2.5, reading.value(GroupMetric.SIMPLE));
        }
        // Groups are not stored, so a directory opened with a smaller limit has none at first.
        try (Engine engine = launch(1)) {
            engine.series().register(last);
            requireRefused(
                    "members=1 patterns=0 groupCount=1",
                    1,
                    () -> engine.series().register(first));
        }
    }

    @Test
    void shouldKeepNoneIfTheLimitIsZero() {
        try (Engine engine = launch(0)) {
            requireRefused(
                    "members=0 patterns=1 groupCount=0",
                    0,
                    () -> engine.series().register(ALL));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, (1 << 16) + 1})
    void shouldRefuseALimitThatIsOutOfRange(final int limit) {
        assertEquals(
                "maxGroupCount=" + limit + ", expected 0 to 65536",
                assertThrows(IllegalArgumentException.class, () -> limits(limit))
                        .getMessage());
    }

    private static void requireRefused(final String what, final int limit, final Executable registration) {
        assertEquals(
                what + ", expected room for one more within maxGroupCount=" + limit
                        + "; raise the limit, or read the group without registering it",
                assertThrows(IllegalStateException.class, registration).getMessage());
    }

    private Engine launch(final int maxGroupCount) {
        return TollgateEngine.launch(
                TestContext.stepped(ClockMode.MANUAL, directory).limits(limits(maxGroupCount)));
    }

    private static Limits limits(final int maxGroupCount) {
        return Limits.DEFAULT.withMaxSeriesCount(SERIES).withMaxGroupCount(maxGroupCount);
    }
}
