package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.panel.GroupAnswer;
import io.tollgate.core.panel.GroupWalk;
import io.tollgate.core.panel.MemberReader;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSource;
import io.tollgate.core.read.ReadGate;
import io.tollgate.core.read.SeriesHandle;
import io.tollgate.core.store.CountedStore;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.agrona.LangUtil;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A walk through the timeline of a group reads only the members that change on its way, forward or back. */
class GroupWalkTest {
    private static final int MEMBERS = 100;
    /** The first change of the first member. Each other member changes one nanosecond after the previous one. */
    private static final long FIRST_NS = 1_000;

    private static final long LAST_NS = FIRST_NS + MEMBERS - 1;

    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(1 << 8, LangUtil::rethrowUnchecked);

    private final CountedStore counted = new CountedStore(store);
    private final GroupAnswer reading;
    private final GroupWalk walk;

    GroupWalkTest() {
        final List<GroupMember> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(GroupMember.of(level("level." + i, i)));
        }
        final LevelSource source = new LevelSource(counted);
        final LevelReader levels = new LevelReader(source, new ReadGate(1_000));
        final MemberReader reader = new MemberReader(levels, Optional.empty());
        reading = reader.group(Group.of(members));
        walk = reader.newWalk(reading);
    }

    /** Defines a level that is 0 at 0 and its number plus 1 from an instant on. */
    private StepSeries level(final String key, final int number) {
        store.addSeries(key, SeriesKind.STEP.code(), 0, "COUNT", Long.MIN_VALUE)
                .policies(DuplicatePolicy.REVISE.code(), (byte) 0, 0, 0);
        store.nameSeries();
        final SeriesRecord record = new SeriesRecord().wrap(store.recordAddress(number));
        final PointTree tree = new PointTree(store.blocks());
        record.beginChange(1);
        tree.put(record, 0, 0, 0, 0, 1);
        tree.put(record, FIRST_NS + number, number + 1, 0, 0, 2);
        record.endChange(1);
        return (StepSeries) SeriesHandle.of(store.origin(), record, number, key, List.of(), false);
    }

    private long blocksOfGoingTo(final long atNs) {
        final long before = counted.blockCount();
        walk.read(atNs);
        final long changed = Math.max(0, Math.min(MEMBERS, atNs - FIRST_NS + 1));
        assertEquals((double) changed * (changed + 1) / 2 / MEMBERS, reading.value(GroupMetric.SIMPLE), 1e-12);
        return counted.blockCount() - before;
    }

    @Test
    void shouldReadTheMembersThatChangeOnTheWay() {
        final long ofAll = blocksOfGoingTo(LAST_NS);
        final long ofOne = ofAll / MEMBERS;
        assertTrue(ofOne > 0, "ofAll=" + ofAll);
        assertEquals(0, blocksOfGoingTo(LAST_NS + 5), "forwards without a change");
        assertEquals(0, blocksOfGoingTo(LAST_NS), "backwards without a change");
        assertEquals(3 * ofOne, blocksOfGoingTo(LAST_NS - 3), "back over three changes");
        assertEquals(3 * ofOne, blocksOfGoingTo(LAST_NS), "on over three changes");
        assertEquals(ofAll, blocksOfGoingTo(FIRST_NS - 1), "back over all");
    }

    @Test
    void shouldGoToAnyInstantFromAnyOther() {
        final long seed = 20_261_128;
        final Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            blocksOfGoingTo(FIRST_NS - 20 + random.nextInt(MEMBERS + 40));
        }
    }
}
