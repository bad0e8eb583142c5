package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.panel.MemberReader;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSource;
import io.tollgate.core.read.ReadGate;
import io.tollgate.core.read.SeriesHandle;
import io.tollgate.core.store.CountedStore;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.LangUtil;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Reads of group states during a change, at instants at which members are due. */
class DueMembersTest {
    private static final long DUE_NS = 10;
    private static final long NOW_NS = 12;

    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(1 << 8, LangUtil::rethrowUnchecked);

    private final CountedStore counted = new CountedStore(store);
    private final PointTree tree = new PointTree(store.blocks());
    private final SeriesRecord record = new SeriesRecord();
    private final GroupStates groups = new GroupStates(new LevelSource(counted));
    private final MemberReader reader;
    private final StepSeries rising = level("rising", 10);
    private final StepSeries still = level("still", 20);
    private final StepSeries later = level("later", 30);
    private final StepSeries weight = level("weight", 1);
    /** Two members depend on the weight, and one of them is due together with it. */
    private final Group weighted = Group.of(GroupMember.of(rising, weight), GroupMember.of(still, weight));
    /** Two members are due, and one of them depends on the weight. */
    private final Group mixed = Group.of(GroupMember.of(rising, weight), GroupMember.of(still, rising));
    /** The member is due after the others. */
    private final Group last = Group.of(GroupMember.of(later));

    DueMembersTest() {
        final LevelReader levels = new LevelReader(new LevelSource(store), new ReadGate(100));
        reader = new MemberReader(levels, Optional.of(groups));
        put(rising, DUE_NS, 40);
        record.endChange(1);
        put(later, DUE_NS + 1, 50);
        record.endChange(1);
        groups.add(weighted, 5);
        groups.add(mixed, 5);
        groups.add(last, 5);
    }

    private StepSeries level(final String key, final long value) {
        final long number = store.seriesCount();
        store.addSeries(key, SeriesKind.STEP.code(), 0, "COUNT", Long.MIN_VALUE)
                .policies(DuplicatePolicy.REVISE.code(), (byte) 0, 0, 0);
        store.nameSeries();
        final StepSeries series = (StepSeries) SeriesHandle.of(
                store.origin(), record.wrap(store.recordAddress(number)), number, key, List.of(), false);
        put(series, 0, value);
        record.endChange(1);
        return series;
    }

    /** Begins a change of a series and keeps its record. */
    private void put(final StepSeries series, final long at, final long value) {
        record.wrap(store.recordAddress(series.number()));
        record.beginChange(1);
        tree.put(record, at, value, 0, 0, 1);
    }

    private String read(final long atNs, final Group group) {
        final GroupReading reading = reader.group(group).read(atNs);
        return reading.status(GroupMetric.WEIGHTED) + " " + reading.value(GroupMetric.WEIGHTED);
    }

    private void assertReleased() {
        assertEquals("OK 30.0", read(NOW_NS, weighted));
        assertEquals("OK " + (40 * 3 + 20 * 40) / 43.0, read(NOW_NS, mixed));
        assertEquals("OK 50.0", read(NOW_NS, last));
    }

    /** The group is read at each read of a level. */
    @Test
    void shouldShowNothingOfAChangeBeforeItIsReleased() {
        final Set<String> read = new TreeSet<>();
        counted.onRead(() -> {
            for (long at = DUE_NS; at <= NOW_NS; at++) {
                read.add(read(at, weighted));
                read.add(read(at, mixed));
            }
        });
        put(weight, 8, 3);
        groups.change(weight.number(), 8, NOW_NS);
        counted.onRead(() -> {});
        read.add(read(NOW_NS, weighted));
        assertEquals(Set.of("CONTENDED NaN"), read);
        record.endChange(1);
        groups.release();
        assertReleased();
    }

    @Test
    void shouldMakeWhatIsDueByItself() {
        groups.advanceTo(NOW_NS);
        assertEquals("OK 30.0", read(NOW_NS, weighted));
        put(weight, 8, 3);
        groups.change(weight.number(), 8, NOW_NS);
        record.endChange(1);
        groups.release();
        assertReleased();
    }
}
