package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.GroupReading;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Pair;
import io.tollgate.api.PairReading;
import io.tollgate.api.PanelReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.Status;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On three shards, whose points are stamped when they are offered, nothing is allocated either. */
class ShardAllocationTest extends AllocationMeasurement {
    private static final Window NANOSECOND = Window.slidingNs(1);

    @Override
    int shardCount() {
        return 3;
    }

    @Test
    void shouldAllocateNothingOnOfferToSeveralShards() {
        assertEquals(0, bytesOfOfferingAndApplying(true));
    }

    @Test
    void shouldAllocateNothingOnApplyingOnSeveralShards() {
        assertEquals(0, bytesOfOfferingAndApplying(false));
        assertTrue(engine.statistics().appliedCount() >= OPERATIONS);
    }

    @Test
    void shouldAllocateNothingOnReadingSeriesAndPairsOfSeveralShards() {
        fill();
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.newReading();
        final PairReading pairReading = reader.newPairReading();
        final Pair[] pairs = new Pair[SERIES];
        for (int i = 0; i < SERIES; i++) {
            pairs[i] = Pair.asOf(steps[i], steps[(i + 1) % SERIES]);
        }
        assertEquals(0, bytesOf(number -> {
            reader.read(steps[number % SERIES], REGISTERED, time, reading);
            reader.readPair(pairs[number % SERIES], NANOSECOND, time, pairReading);
        }));
    }

    @Test
    void shouldAllocateNothingOnAwaitingATicket() {
        assertEquals(0, bytesOf(number -> {
            time++;
            engine.awaitApplied(
                    publisher.offer(steps[number % SERIES], time % 1_000, time % 200, Publisher.NONE, Publisher.NONE));
        }));
    }

    /** A group whose series lie in all of the shards is followed, and read, without a byte. */
    @Test
    void shouldAllocateNothingOnAGroupThatIsKeptOverSeveralShards() {
        final List<GroupMember> members = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            members.add(GroupMember.of(steps[i], steps[(i + 1) % SERIES]));
        }
        final Group group = Group.of(members);
        engine.register(group);
        assertEquals(0, bytesOfOfferingAndApplying(false));
        final PanelReader reader = engine.newPanelReader();
        final GroupReading reading = reader.newReading(group);
        assertEquals(0, bytesOf(number -> reader.read(engine.now(), reading)));
        assertEquals(Status.OK, reading.status(GroupMetric.WEIGHTED));
    }
}
