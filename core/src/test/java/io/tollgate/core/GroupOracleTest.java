package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.EffectReading;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.GroupReading;
import io.tollgate.api.MissingPolicy;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Status;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random groups, whose points come in any order, are revised and withdrawn: the answers of {@link GroupOracle}. */
final class GroupOracleTest extends GroupFixture {
    private static final int GROUPS = 12;
    private static final int CHANGES = 120;
    private static final int READS = 40;
    private static final int TIME = 60;

    private final GroupOracle oracle = new GroupOracle();
    private final List<StepSeries> rates = new ArrayList<>();
    private final List<StepSeries> weights = new ArrayList<>();
    private final List<StepSeries> memberships = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 20_261_125})
    void shouldAnswerAsTheOracleDoes(final long seed) {
        final Random random = new Random(seed);
        for (int i = 0; i < 7; i++) {
            rates.add(define(random, "rate." + i, Unit.PERCENT, 3));
            weights.add(define(random, "weight." + i, new Unit("USD"), 1));
            memberships.add(define(random, "member." + i, Unit.COUNT, 0));
        }
        for (int i = 0; i < GROUPS; i++) {
            for (int k = 0; k < CHANGES; k++) {
                change(random);
            }
            compare(group(random), random, "seed=" + seed + " group=" + i);
        }
    }

    private StepSeries define(final Random random, final String key, final Unit unit, final int scale) {
        final SeriesDefinition definition = SeriesDefinition.step(key, unit, scale);
        if (random.nextInt(3) > 0) {
            return engine.defineStep(definition);
        }
        final long heartbeatNs = 1 + random.nextInt(TIME / 2);
        oracle.heartbeat(key, heartbeatNs);
        return engine.defineStep(definition.withHeartbeat(Duration.ofNanos(heartbeatNs)));
    }

    private void change(final Random random) {
        final List<StepSeries> kind = List.of(rates, weights, memberships).get(random.nextInt(3));
        final StepSeries series = kind.get(random.nextInt(kind.size()));
        final long at = random.nextInt(TIME);
        final Publisher publisher = engine.publisher();
        if (random.nextInt(6) == 0 && oracle.has(series.key(), at)) {
            engine.awaitApplied(publisher.withdraw(series, at));
            oracle.remove(series.key(), at);
            return;
        }
        if (random.nextInt(7) == 0) {
            engine.awaitApplied(publisher.offerUnknown(series, at));
            oracle.put(series.key(), at, Optional.empty());
            return;
        }
        final long value = kind == memberships
                ? random.nextInt(3)
                : random.nextInt(5) == 0 ? random.nextLong() >> 1 : random.nextInt(2_000) - (kind == rates ? 200 : 100);
        engine.awaitApplied(publisher.offer(series, at, value));
        oracle.put(series.key(), at, Optional.of(value));
    }

    private Group group(final Random random) {
        final boolean isWeighted = random.nextInt(4) > 0;
        final List<GroupMember> members = new ArrayList<>();
        for (int i = 0; i < rates.size(); i++) {
            GroupMember member = isWeighted
                    ? GroupMember.of(rates.get(i), weights.get(random.nextInt(weights.size())))
                    : GroupMember.of(rates.get(i));
            member = random.nextInt(3) == 0 ? member.withMembership(memberships.get(i)) : member;
            final long from = random.nextInt(TIME);
            member = random.nextInt(3) == 0 ? member.withInterval(from, from + 1 + random.nextInt(TIME)) : member;
            members.add(member);
        }
        final OptionalLong base = random.nextInt(4) == 0 ? OptionalLong.of(random.nextInt(TIME)) : OptionalLong.empty();
        return new Group(members, MissingPolicy.values()[random.nextInt(3)], base);
    }

    private void compare(final Group group, final Random random, final String message) {
        final GroupReading reading = reader.newReading(group);
        final EffectReading effects = reader.newEffectReading(group);
        for (int i = 0; i < READS; i++) {
            final long at = random.nextInt(TIME + 10) - 5;
            reader.read(at, reading);
            assertReading(
                    new GroupOracle.Sums(group).add(oracle.standings(group, at, at)), reading, message + " at=" + at);
            final long length = 2 + random.nextInt(TIME);
            reader.read(Window.slidingNs(length), at, reading);
            final GroupOracle.Sums sums = new GroupOracle.Sums(group);
            for (long ns = at - length; ns < at; ns++) {
                sums.add(oracle.standings(group, ns, at));
            }
            assertReading(sums, reading, message + " at=" + at + " length=" + length);
            final long to = random.nextInt(TIME + 10) - 5;
            reader.readEffects(at, to, effects);
            assertEffects(group, at, to, effects, message + " from=" + at + " to=" + to);
        }
    }

    private static void assertReading(final GroupOracle.Sums sums, final GroupReading reading, final String message) {
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

    private void assertEffects(
            final Group group, final long from, final long to, final EffectReading reading, final String message) {
        final List<GroupOracle.Standing> standings = oracle.standings(group, from, from);
        final GroupOracle.Sums before = new GroupOracle.Sums(group).add(standings);
        final GroupOracle.Sums after = new GroupOracle.Sums(group).add(oracle.standings(group, to, to));
        final Status first = before.status(GroupMetric.WEIGHTED);
        final Status second = after.status(GroupMetric.WEIGHTED);
        assertEquals(first.compareTo(second) < 0 ? first : second, reading.status(), message);
        if (!reading.status().hasValue()) {
            assertTrue(Double.isNaN(reading.change() + reading.rateEffect() + reading.mixEffect()), message);
            return;
        }
        final Optional<BigInteger> zero =
                group.missing() == MissingPolicy.AS_ZERO ? Optional.of(BigInteger.ZERO) : Optional.empty();
        BigInteger shift = BigInteger.ZERO;
        for (final GroupOracle.Standing standing : standings) {
            final Optional<BigInteger> t0 = standing.rate().or(() -> zero);
            final Optional<BigInteger> t1 =
                    oracle.rate(group, standing.member(), to).or(() -> zero);
            if (t0.isPresent() && t1.isPresent()) {
                shift = shift.add(standing.weight().multiply(t1.get().subtract(t0.get())));
            }
        }
        final BigInteger[] old = before.average();
        final BigInteger[] now = after.average();
        final BigInteger product = old[1].multiply(now[1]);
        final BigInteger change = now[0].multiply(old[1]).subtract(old[0].multiply(now[1]));
        final BigInteger rest = change.subtract(shift.multiply(now[1]));
        assertDecimal(GroupOracle.ratio(change, product, 3), reading.change(), message);
        assertDecimal(GroupOracle.ratio(shift, old[1], 3), reading.rateEffect(), message);
        assertDecimal(GroupOracle.ratio(rest, product, 3), reading.mixEffect(), message);
        assertDecimal(before.value(GroupMetric.WEIGHTED), reading.before(), message);
        assertDecimal(after.value(GroupMetric.WEIGHTED), reading.after(), message);
    }

    private static void assertDecimal(final BigDecimal expected, final double actual, final String message) {
        assertEquals(expected.doubleValue(), actual, message);
    }
}
