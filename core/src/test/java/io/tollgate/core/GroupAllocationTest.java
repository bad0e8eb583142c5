package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.EffectReading;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.GroupReading;
import io.tollgate.api.PanelReader;
import io.tollgate.api.Status;
import io.tollgate.api.Window;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Applying with groups that are kept up to date, and reading groups, allocate not one byte. */
class GroupAllocationTest extends AllocationMeasurement {
    private static final GroupMetric[] METRICS = {
        GroupMetric.WEIGHTED, GroupMetric.TRI, GroupMetric.HHI_NORMALISED, GroupMetric.COVERED
    };

    @Test
    void shouldAllocateNothingOnApplyingToGroupsThatAreKept() {
        engine.register(group(1, SERIES));
        engine.register(group(2, SERIES));
        engine.register(group(3, 8));
        assertEquals(0, bytesOfOfferingAndApplying(false));
    }

    @Test
    void shouldAllocateNothingOnReadingAGroupThatIsKept() {
        final Group group = group(1, SERIES);
        engine.register(group);
        fill();
        final PanelReader reader = engine.newPanelReader();
        final GroupReading reading = reader.newReading(group);
        assertEquals(0, bytesOf(number -> {
            reader.read(engine.now(), reading);
            look(reading);
        }));
        assertEquals(Status.OK, reading.status(GroupMetric.WEIGHTED));
    }

    @Test
    void shouldAllocateNothingOnReadingAGroupFromItsSeries() {
        final Group group = group(1, 2);
        fill();
        final PanelReader reader = engine.newPanelReader();
        final GroupReading reading = reader.newReading(group);
        final EffectReading effects = reader.newEffectReading(group);
        final Window window = Window.slidingNs(300);
        assertEquals(0, bytesOf(number -> {
            final long at = time - number % 1_000;
            switch (number % 3) {
                case 0 -> reader.read(at, reading);
                case 1 -> reader.read(window, at, reading);
                default -> {
                    reader.readEffects(at - 500, at, effects);
                    sink += effects.change() + effects.rateEffect() + effects.mixEffect();
                }
            }
            look(reading);
        }));
        assertEquals(Status.OK, effects.status());
    }

    private double sink;

    private void look(final GroupReading reading) {
        for (final GroupMetric metric : METRICS) {
            sink += reading.value(metric);
        }
    }

    /** A group in which each series is the rate of one member and the weight of another. */
    private Group group(final int distance, final int size) {
        final List<GroupMember> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(GroupMember.of(steps[i], steps[(i + distance) % SERIES]));
        }
        return Group.of(members);
    }
}
