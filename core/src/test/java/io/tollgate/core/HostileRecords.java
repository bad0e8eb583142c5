package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.CalendarPeriod;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.Metric;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.ReportingPeriod;
import io.tollgate.api.Retention;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.Window;
import io.tollgate.api.WindowRegistration;
import io.tollgate.core.log.LogFiles;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.operation.OperationDescriptor;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;

/** Records of each type as an engine logs them, and what becomes of them where somebody changes their bytes. */
final class HostileRecords {
    private static final int LANES = 4;
    private static final String PANEL_KEY = "rate";
    private static final Set<Integer> NEVER_WRITTEN =
            Set.of(OperationDescriptor.BATCH_ABORT, OperationDescriptor.CHECKPOINT_MARK, OperationDescriptor.PAD);
    private static final long[] EXTREMES = {
        Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MAX_VALUE - 1, -1, 0, 1, 1L << 32, Integer.MAX_VALUE
    };

    private HostileRecords() {}

    /** Has an engine log what it can: a record of each type. */
    static void make(final Engine engine) {
        final Lanes lanes = new Lanes(engine, LANES);
        lanes.feed(0, 0, 5);
        engine.register(WindowRegistration.of("lane.*")
                .withWindows(
                        Window.last(3), Window.slidingNs(50), Window.toDate(CalendarPeriod.MONTH, ZoneOffset.UTC)));
        final FlowSeries monthly = engine.defineFlow(SeriesDefinition.flow("monthly", Unit.COUNT, 0)
                .withPeriod(ReportingPeriod.of(CalendarPeriod.MONTH, ZoneOffset.UTC)));
        engine.awaitApplied(engine.publisher().offer(monthly, 5, 1, 1, 1));
        engine.defineStep(SeriesDefinition.step("level", Unit.PERCENT, 2));
        engine.subscribe(
                Subscription.of("all", "*")
                        .withMetrics(WatchedMetric.LEVEL, WatchedMetric.of(Window.slidingNs(40), Metric.SUM))
                        .withWatches(Watch.above(WatchedMetric.LEVEL, 50)),
                QueueOptions.DEFAULT);
        lanes.feed(0, 5, 20);
        lanes.feed(2, 0, 20);
        lanes.feed(3, 0, 20);
        assertTrue(engine.retain("lane.3", Retention.versions(0)) > 0, "nothing was forgotten");
        final StepSeries level = (StepSeries) engine.find("lane.3").orElseThrow();
        engine.awaitApplied(engine.publisher().offer(level, 1, 1, 1, Publisher.NONE));
        engine.unsubscribe("all");
        watchPanels(engine);
        lanes.feed(3, 20, 25);
        final StepSeries next = engine.defineStep(SeriesDefinition.step("next", Unit.PERCENT, 2));
        final StepSeries ended = engine.defineStep(SeriesDefinition.step("ended", Unit.PERCENT, 0));
        engine.awaitApplied(engine.publisher().offer(ended, 1, 1, 1, Publisher.NONE));
        engine.closeSeries(ended, LifeEnd.at(5).knownAt(1).followedBy(next));
        engine.awaitApplied(engine.publisher().offer(ended, 2, 1, 2, Publisher.NONE));
    }

    /** They begin, tell something, and end; others go on. */
    private static void watchPanels(final Engine engine) {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step(PANEL_KEY, Unit.PERCENT, 0));
        final long now = engine.now();
        engine.watch(watches("ended", rate), QueueOptions.DEFAULT);
        watch(engine);
        engine.awaitApplied(engine.publisher().offer(rate, now + 1, now + 1, 30, Publisher.NONE));
        engine.awaitApplied(engine.publisher().offer(rate, now + 2, now + 2, 1, Publisher.NONE));
        while (engine.step() > 0) {
            Thread.onSpinWait();
        }
        engine.unsubscribe("ended");
    }

    /** Watches a panel, or goes on with it where it is known of. */
    static void watch(final Engine engine) {
        if (engine.find(PANEL_KEY).orElse(null) instanceof StepSeries rate) {
            engine.watch(watches("kept", rate), QueueOptions.DEFAULT).close();
        }
    }

    private static PanelWatches watches(final String name, final StepSeries rate) {
        final WatchedPanel panel = WatchedPanel.of(Group.of(GroupMember.of(rate)), GroupMetric.SIMPLE);
        return PanelWatches.of(name, Watch.above(panel, 20), Watch.below(panel, 5));
    }

    /** Fails where there is no record of a type. */
    static void requireEach(final List<byte[]> log) {
        final Set<Integer> missing = new TreeSet<>();
        for (int type = 0; type <= 255; type++) {
            if (OperationDescriptor.isKnown(type) && !NEVER_WRITTEN.contains(type)) {
                missing.add(type);
            }
        }
        log.forEach(record -> missing.remove(OperationDescriptor.type(new UnsafeBuffer(record), 0)));
        assertEquals(List.of(), missing.stream().map(OperationDescriptor::name).toList());
    }

    /** The records of a log. */
    static List<byte[]> of(final LogFiles log) {
        final List<byte[]> records = new ArrayList<>();
        LogReader.replay(log, 1, (buffer, offset, length, sequence) -> {
            final byte[] record = new byte[length];
            buffer.getBytes(offset, record);
            records.add(record);
        });
        return records;
    }

    /** Changes bytes of a record, mostly behind its header; its length stays, which the frame has checked. */
    static void change(final byte[] record, final Random random) {
        final UnsafeBuffer buffer = new UnsafeBuffer(record);
        final int length = OperationDescriptor.length(buffer, 0);
        final int from = random.nextInt(8) == 0 ? 0 : OperationDescriptor.HEADER_LENGTH;
        switch (random.nextInt(4)) {
            case 0 -> {
                if (record.length >= from + Long.BYTES) {
                    final int places = (record.length - from) / Long.BYTES;
                    buffer.putLong(
                            from + Long.BYTES * random.nextInt(places), EXTREMES[random.nextInt(EXTREMES.length)]);
                }
            }
            case 1 -> record[from + random.nextInt(record.length - from)] = (byte) random.nextInt();
            case 2 -> record[from + random.nextInt(record.length - from)] ^= (byte) (1 << random.nextInt(8));
            default -> {
                for (int i = from; i < record.length; i++) {
                    record[i] = (byte) random.nextInt();
                }
            }
        }
        buffer.putShort(OperationDescriptor.LENGTH_OFFSET, (short) length);
    }
}
