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
 * What 15,000 rates with weights cost beside what they cost by themselves: a change of one of them, a revision of all
 * in one batch, and the averages read behind either. The engine is stepped, so that one thread does all of it.
 */
public class PanelBenchmark extends PointBenchmark {
    /** Members of the group, points of a revision. */
    public static final int MEMBERS = 15_000;

    /** How many points apart members are: a point in so many is one for which a block is made, or a node. */
    private static final int STAGES = 64;

    /** Reads of one invocation. */
    public static final int READS = 10;

    private static final int READS_TO_WARM_UP = 100_000;

    /** Groups of the floor: their sums fit the first cache, as what is read of one group does. */
    private static final int FLOOR_GROUPS = 1_000;

    /** Made by JMH. */
    public PanelBenchmark() {}

    /** What is kept up to date. */
    public enum Kept {
        /** Nothing: the points alone, the floor of the others. */
        NOTHING,
        /** The group. */
        GROUP,
        /** The group, and in it nodes of two and four digits. */
        HIERARCHY,
        /** The group, and a watch on its weighted average, which stays below the threshold. */
        WATCHED
    }

    /** The engine and the members. */
    public static class Members extends SteppedLoad {
        /** What is kept up to date. */
        @Param({"NOTHING", "GROUP", "HIERARCHY", "WATCHED"})
        public Kept kept;

        private final StepSeries[] rates = new StepSeries[MEMBERS];
        private Batch batch;
        private HierarchyReading reading;
        private int next;

        /** Made by JMH. */
        public Members() {}

        /** Defines rates and weights, and what is kept of them. */
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
                warmUpReads(); // Of what is not kept so many reads would last.
            }
        }

        /** Reads until all of it is compiled, however little of the processor it gets. */
        private void warmUpReads() {
            for (int i = 0; i < READS_TO_WARM_UP; i++) {
                average();
            }
        }

        /** Puts members out of step, so that no change finds all of them at the same stage of their blocks. */
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

        /** The weighted average of all rates. */
        double average() {
            reading.read(engine.now());
            return reading.node(Hierarchy.ALL).value(GroupMetric.WEIGHTED);
        }

        /** The rates all get. */
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

    /** What reading an average takes at least: sums of some groups, in plain arrays that nobody else writes. */
    @State(Scope.Thread)
    public static class Sums {
        private final double[] weighted = new double[FLOOR_GROUPS];
        private final double[] weights = new double[FLOOR_GROUPS];
        private int next;

        /** Made by JMH. */
        public Sums() {}

        /** Gives each group an average of its own. */
        @Setup(Level.Trial)
        public void fill() {
            for (int i = 0; i < FLOOR_GROUPS; i++) {
                weights[i] = i + 1;
                weighted[i] = weights[i] * (i % 100);
            }
        }

        /** The weighted average of the next group. */
        double average() {
            next = next == FLOOR_GROUPS - 1 ? 0 : next + 1;
            return weighted[next] / weights[next];
        }
    }

    /**
     * A change of one member.
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
     * A change of all members at one instant, in one batch; the time of one of them.
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
     * The weighted average of all members; of NOTHING by a look at each.
     *
     * @param members to be read.
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
     * The weighted average of a group from running sums.
     *
     * @param sums to be read.
     * @return the sum of the averages: each of them is worked out.
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
