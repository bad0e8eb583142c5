package io.tollgate.bench.suite;

import io.tollgate.api.Batch;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The cost of 15,000 rates with weights, compared with the rates alone: a change of one rate, a revision of all rates
 * in one batch, and a read of the averages after either. The engine is stepped, so one thread does all the work.
 */
public class PanelBenchmark extends PointBenchmark {
    /** Members of the group, and points of a revision. */
    public static final int MEMBERS = 15_000;

    /** Number of different history lengths of the members. One point in so many allocates a block or a node. */
    private static final int STAGES = 64;

    /** Reads in one invocation. */
    public static final int READS = 10;

    private static final int READS_TO_WARM_UP = 100_000;

    /** Groups of the floor. Their sums fit the first-level cache, like the data that a read of one group touches. */
    private static final int FLOOR_GROUPS = 1_000;

    /** Called by JMH. */
    public PanelBenchmark() {}

    /** The panels that the engine keeps up to date. */
    public enum Kept {
        /** No panel: the points alone, the floor of the others. */
        NOTHING,
        /** The group. */
        GROUP,
        /** The group, with nodes of two and four digits. */
        HIERARCHY,
        /** The group, and a watch on its weighted average, which stays below the threshold. */
        WATCHED
    }

    /** The engine and the members. */
    public static class Members extends SteppedLoad {
        /** The panels that the engine keeps up to date. */
        @Param({"NOTHING", "GROUP", "HIERARCHY", "WATCHED"})
        public Kept kept;

        private final StepSeries[] rates = new StepSeries[MEMBERS];
        private Batch batch;
        private HierarchyReading reading;
        private int next;

        /** Called by JMH. */
        public Members() {}

        /** Defines rates and weights, and registers the panels. */
        @Override
        protected void fill() {
            batch = publisher.newBatch();
            final List<GroupMember> members = new ArrayList<>();
            for (int i = 0; i < MEMBERS; i++) {
                final String code = Integer.toString(100_000 + 59 * i);
                rates[i] = engine.defineStep(SeriesDefinition.step("rate." + code, Unit.PERCENT, 2));
                final StepSeries weight =
                        engine.defineStep(SeriesDefinition.step("weight." + code, new Unit("USD"), 0));
                engine.awaitApplied(publisher.offer(weight, 0, 1 + i));
                members.add(GroupMember.of(rates[i], weight).withCode(code));
            }
            stagger();
            final Group group = Group.of(members);
            final Hierarchy hierarchy = Hierarchy.byPrefix(group, 2, 4);
            if (kept == Kept.GROUP) {
                engine.series().register(Hierarchy.byPrefix(group));
            } else if (kept == Kept.HIERARCHY) {
                engine.series().register(hierarchy);
            } else if (kept == Kept.WATCHED) {
                engine.updates()
                        .subscribe(
                                WatchSet.of(
                                        "average", Watch.above(WatchedPanel.of(group, GroupMetric.WEIGHTED), 1_000)),
                                QueueOptions.DEFAULT);
            }
            reading = engine.newPanelReader()
                    .hierarchy(kept == Kept.GROUP ? Hierarchy.byPrefix(group) : hierarchy, Hierarchy.ALL);
            revise();
            if (kept == Kept.GROUP || kept == Kept.HIERARCHY) {
                warmUpReads(); // Without a registered panel so many reads would take too long.
            }
        }

        /** Reads until the code is compiled, however little processor time the compiler gets. */
        private void warmUpReads() {
            for (int i = 0; i < READS_TO_WARM_UP; i++) {
                average();
            }
        }

        /**
         * Gives members histories of different lengths, so that a change finds their blocks at different fill levels.
         */
        private void stagger() {
            for (int i = 0; i < MEMBERS; i++) {
                long ticket = 0;
                for (int stage = 0; stage <= i % STAGES; stage++) {
                    timeNs++;
                    ticket = publisher.offer(rates[i], timeNs, rate());
                }
                engine.awaitApplied(ticket);
            }
        }

        /** Returns the weighted average of all rates. */
        double average() {
            reading.read(engine.now());
            return reading.node(Hierarchy.ALL).value(GroupMetric.WEIGHTED);
        }

        /** Returns the rate that all members get. */
        long rate() {
            return timeNs % 14_500;
        }

        private void change() {
            long ticket = 0;
            for (int i = 0; i < BATCH; i++) {
                timeNs++;
                next = next == MEMBERS - 1 ? 0 : next + 1;
                ticket = publisher.offer(rates[next], timeNs, rate());
            }
            engine.awaitApplied(ticket);
        }

        private void revise() {
            timeNs++;
            batch.begin();
            for (final StepSeries rate : rates) {
                batch.offer(rate, timeNs, rate());
            }
            engine.awaitApplied(batch.commit());
        }
    }

    /** The floor of a read: sums of some groups in plain arrays, without a concurrent writer. */
    @State(Scope.Thread)
    public static class Sums {
        private final double[] weighted = new double[FLOOR_GROUPS];
        private final double[] weights = new double[FLOOR_GROUPS];
        private int next;

        /** Called by JMH. */
        public Sums() {}

        /** Gives each group a different average. */
        @Setup(Level.Trial)
        public void fill() {
            for (int i = 0; i < FLOOR_GROUPS; i++) {
                weights[i] = i + 1;
                weighted[i] = weights[i] * (i % 100);
            }
        }

        /** Returns the weighted average of the next group. */
        double average() {
            next = next == FLOOR_GROUPS - 1 ? 0 : next + 1;
            return weighted[next] / weights[next];
        }
    }

    /**
     * Changes one member after the other.
     *
     * @param members to change.
     * @return the clock.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long memberChange(final Members members) {
        members.change();
        return members.timeNs;
    }

    /**
     * Changes all members at one instant, in one batch. The time is that of one member.
     *
     * @param members to change.
     * @return the clock.
     */
    @Benchmark
    @OperationsPerInvocation(MEMBERS)
    public long burst(final Members members) {
        members.revise();
        return members.timeNs;
    }

    /**
     * Reads the weighted average of all members. With {@code NOTHING} the engine reads each member.
     *
     * @param members to read.
     * @return the average.
     */
    @Benchmark
    @OperationsPerInvocation(READS)
    public double read(final Members members) {
        double average = 0;
        for (int i = 0; i < READS; i++) {
            average = members.average();
        }
        return average;
    }

    /**
     * Computes the weighted average of a group from running sums.
     *
     * @param sums to read.
     * @return the sum of the averages, so that each is computed.
     */
    @Benchmark
    @OperationsPerInvocation(READS)
    public double floor(final Sums sums) {
        double total = 0;
        for (int i = 0; i < READS; i++) {
            total += sums.average();
        }
        return total;
    }
}
