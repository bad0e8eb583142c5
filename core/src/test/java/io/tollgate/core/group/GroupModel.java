package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.group.Share;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.fixture.KnownPoint;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Random rates, weights and memberships of an engine, with random changes, and groups of them. An oracle gets the same
 * changes.
 */
public final class GroupModel {
    /** Points have instants from 0 to this one. */
    public static final int TIME = 60;

    private final GroupOracle oracle = new GroupOracle();
    private final List<StepSeries> rates = new ArrayList<>();
    private final List<StepSeries> weights = new ArrayList<>();
    private final List<StepSeries> memberships = new ArrayList<>();
    private Engine engine;
    private final Random random;
    private long knownNs;

    public GroupModel(final Engine engine, final Random random) {
        this.engine = engine;
        this.random = random;
        for (int i = 0; i < 7; i++) {
            rates.add(define("rate." + i, Unit.PERCENT, 3));
            weights.add(define("weight." + i, new Unit("USD"), 1));
            memberships.add(define("member." + i, Unit.COUNT, 0));
        }
    }

    /** Continues with the engine that has the same series. */
    public void reopened(final Engine reopened) {
        engine = reopened;
    }

    public GroupOracle oracle() {
        return oracle;
    }

    /** Returns the knowledge time of the last change. Each change is known one nanosecond after the previous one. */
    long knownNs() {
        return knownNs;
    }

    private StepSeries define(final String key, final Unit unit, final int scale) {
        final SeriesDefinition definition = SeriesDefinition.step(key, unit, scale);
        if (random.nextInt(3) > 0) {
            return engine.defineStep(definition);
        }
        final long heartbeatNs = 1 + random.nextInt(TIME / 2);
        oracle.heartbeat(key, heartbeatNs);
        return engine.defineStep(definition.withHeartbeat(Duration.ofNanos(heartbeatNs)));
    }

    public void change() {
        final List<StepSeries> kind = List.of(rates, weights, memberships).get(random.nextInt(3));
        final StepSeries series = kind.get(random.nextInt(kind.size()));
        final long at = random.nextInt(TIME);
        final Publisher publisher = engine.publisher();
        knownNs++;
        if (random.nextInt(6) == 0 && oracle.has(series.key(), at)) {
            engine.awaitApplied(
                    publisher.point(series).validAt(at).knownAt(knownNs).withdraw());
            oracle.remove(series.key(), at);
            return;
        }
        if (random.nextInt(7) == 0) {
            engine.awaitApplied(publisher
                    .point(series)
                    .validAt(at)
                    .unknown()
                    .knownAt(knownNs)
                    .offer());
            oracle.put(series.key(), at, Optional.empty());
            return;
        }
        final long value = kind == memberships
                ? random.nextInt(3)
                : random.nextInt(5) == 0 ? random.nextLong() >> 1 : random.nextInt(2_000) - (kind == rates ? 200 : 100);
        engine.awaitApplied(KnownPoint.offer(publisher, series, at, value, knownNs));
        oracle.put(series.key(), at, Optional.of(value));
    }

    public Group group() {
        final boolean isWeighted = random.nextInt(4) > 0;
        final List<GroupMember> members = new ArrayList<>();
        for (int i = 0; i < rates.size(); i++) {
            GroupMember member = isWeighted
                    ? GroupMember.of(rates.get(i), weights.get(random.nextInt(weights.size())))
                    : GroupMember.of(rates.get(i));
            member = random.nextInt(3) == 0 ? member.withMembership(memberships.get(i)) : member;
            member = member.withCode(String.valueOf(100 + random.nextInt(50)));
            member = random.nextInt(3) == 0 ? member.withShare(Share.of(1 + random.nextInt(6), 6 + i)) : member;
            final long from = random.nextInt(TIME);
            member = random.nextInt(3) == 0 ? member.withInterval(from, from + 1 + random.nextInt(TIME)) : member;
            members.add(member);
        }
        final OptionalLong base = random.nextInt(4) == 0 ? OptionalLong.of(random.nextInt(TIME)) : OptionalLong.empty();
        return new Group(members, MissingPolicy.values()[random.nextInt(3)], base);
    }

    static void assertReading(final GroupOracle.Sums sums, final GroupReading reading, final String message) {
        assertEquals(sums.memberCount(), reading.memberCount(), message);
        for (final GroupMetric metric : GroupMetric.values()) {
            final String name = message + ' ' + metric;
            final Status status = sums.status(metric);
            assertEquals(status, reading.status(metric), name);
            if (!status.hasValue()) {
                assertEquals(Double.NaN, reading.value(metric), name);
            } else if (metric == GroupMetric.TRI) {
                final double root = sums.value(metric).sqrt(new MathContext(60)).doubleValue();
                assertEquals(root, reading.value(metric), Math.ulp(root), name);
            } else {
                assertEquals(sums.value(metric).doubleValue(), reading.value(metric), name);
            }
        }
    }
}
