package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.GroupReading;
import io.tollgate.api.PanelReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Status;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** An engine with rates in per cent and weights in dollars, and a reader of groups. */
abstract class GroupFixture {
    static final long DAY_NS = 86_400_000_000_000L;

    final Engine engine = TollgateEngine.launch(new EngineContext()
            .timesNearEpochAllowed(true)
            .clockMode(ClockMode.MANUAL)
            .stepped(true));
    final PanelReader reader = engine.newPanelReader();

    @AfterEach
    void close() {
        engine.close();
    }

    StepSeries rate(final String key) {
        return engine.defineStep(SeriesDefinition.step("rate." + key, Unit.PERCENT, 2));
    }

    StepSeries weight(final String key) {
        return engine.defineStep(SeriesDefinition.step("weight." + key, new Unit("USD"), 1));
    }

    StepSeries membership(final String key) {
        return engine.defineStep(SeriesDefinition.step("member." + key, Unit.COUNT, 0));
    }

    void offer(final StepSeries series, final long at, final String value) {
        final Publisher publisher = engine.publisher();
        engine.awaitApplied(
                value.isEmpty()
                        ? publisher.offerUnknown(series, at)
                        : publisher.offer(series, at, series.scaled(value)));
    }

    /** A group whose rates and weights are in force from 0 on; of an empty rate, it is unknown. */
    Group group(final String[] rates, final String... weights) {
        final List<GroupMember> members = new ArrayList<>();
        for (int i = 0; i < rates.length; i++) {
            final StepSeries rate = rate(Integer.toString(i));
            final StepSeries weight = weight(Integer.toString(i));
            offer(rate, 0, rates[i]);
            offer(weight, 0, weights[i]);
            members.add(GroupMember.of(rate, weight));
        }
        return Group.of(members);
    }

    GroupReading read(final Group group, final long at) {
        final GroupReading reading = reader.newReading(group);
        reader.read(at, reading);
        assertEquals(at, reading.atNs());
        return reading;
    }

    static void assertAnswer(
            final GroupReading reading, final GroupMetric metric, final Status status, final double value) {
        assertEquals(status, reading.status(metric), metric.text());
        assertEquals(value, reading.value(metric), metric.text());
    }
}
