package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.GroupFixture;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random groups whose points arrive in any order and are revised and withdrawn, compared with {@link GroupOracle}. */
final class GroupOracleTest extends GroupFixture {
    private static final int GROUPS = 6;
    private static final int CHANGES = 120;
    private static final int READS = 40;

    private record Known(long ns, GroupOracle oracle) {}

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 20_261_125})
    void shouldAnswerAsTheOracleDoes(final long seed) {
        final Random random = new Random(seed);
        final GroupModel model = new GroupModel(engine, random);
        final List<Known> earlier = new ArrayList<>();
        for (int i = 0; i < GROUPS; i++) {
            for (int k = 0; k < CHANGES; k++) {
                model.change();
                if (k % 10 == 0) {
                    earlier.add(new Known(model.knownNs(), model.oracle().copy()));
                }
            }
            final Group group = model.group();
            final String message = "seed=" + seed + " group=" + i;
            compare(group, new Known(Instants.ALL_KNOWN, model.oracle()), random, READS, message);
            for (int k = 0; k < READS / 2; k++) {
                compare(group, earlier.get(random.nextInt(earlier.size())), random, 1, message);
            }
        }
    }

    private void compare(final Group group, final Known known, final Random random, final int count, final String of) {
        final PanelReader then = reader.asOf(known.ns());
        final GroupReading reading = then.group(group);
        final EffectReading effects = then.effects(group);
        final GroupOracle oracle = known.oracle();
        for (int i = 0; i < count; i++) {
            final long at = random.nextInt(GroupModel.TIME + 10) - 5;
            final String message = of + " known=" + known.ns() + " at=" + at;
            reading.read(at);
            GroupModel.assertReading(
                    new GroupOracle.Sums(group).add(oracle.standings(group, at, at)), reading, message);
            oracle.assertNothingChangesBefore(reading.nextChangeAtNs(), group, at, message);
            final long length = 2 + random.nextInt(GroupModel.TIME);
            final GroupReading over =
                    then.group(group, Window.slidingNs(length)).read(at);
            final GroupOracle.Sums sums = new GroupOracle.Sums(group);
            for (long ns = at - length; ns < at; ns++) {
                sums.add(oracle.standings(group, ns, at));
            }
            GroupModel.assertReading(sums, over, message + " length=" + length);
            final long to = random.nextInt(GroupModel.TIME + 10) - 5;
            effects.read(at, to);
            assertEffects(oracle, group, at, to, effects, message + " to=" + to);
        }
    }

    private static void assertEffects(
            final GroupOracle oracle,
            final Group group,
            final long from,
            final long to,
            final EffectReading reading,
            final String message) {
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
        assertDecimal(
                GroupOracle.ratio(
                        now[0].subtract(old[0]), GroupOracle.parts(group), group.rateScale() + 2 + group.weightScale()),
                reading.exposureChange(),
                message);
        assertDecimal(GroupOracle.ratio(shift, old[1], 3), reading.rateEffect(), message);
        assertDecimal(GroupOracle.ratio(rest, product, 3), reading.mixEffect(), message);
        assertDecimal(before.value(GroupMetric.WEIGHTED), reading.before(), message);
        assertDecimal(after.value(GroupMetric.WEIGHTED), reading.after(), message);
    }

    private static void assertDecimal(final BigDecimal expected, final double actual, final String message) {
        assertEquals(expected.doubleValue(), actual, message);
    }
}
