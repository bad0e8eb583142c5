package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An oracle of groups from maps of levels. It looks up all members at each instant. It computes windows as the sum over
 * each nanosecond. Values are fractions of integers, divided once with many digits.
 */
public final class GroupOracle {
    private static final MathContext DIGITS = new MathContext(100);

    /** The levels of a series by instant, empty if unknown. */
    private final Map<String, TreeMap<Long, Optional<Long>>> levels = new HashMap<>();

    private final Map<String, Long> heartbeats = new HashMap<>();

    /** A member at an instant: its weight, and its rate if known. */
    record Standing(int member, BigInteger weight, Optional<BigInteger> rate) {}

    /** Returns an independent oracle with the same points. */
    GroupOracle copy() {
        final GroupOracle copy = new GroupOracle();
        levels.forEach((key, points) -> copy.levels.put(key, new TreeMap<>(points)));
        copy.heartbeats.putAll(heartbeats);
        return copy;
    }

    void put(final String key, final long at, final Optional<Long> value) {
        levels.computeIfAbsent(key, any -> new TreeMap<>()).put(at, value);
    }

    void remove(final String key, final long at) {
        levels.get(key).remove(at);
    }

    boolean has(final String key, final long at) {
        return levels.containsKey(key) && levels.get(key).containsKey(at);
    }

    void heartbeat(final String key, final long ns) {
        heartbeats.put(key, ns);
    }

    /** Returns the level at an instant as known from another one, which is not earlier. */
    private Optional<Long> level(final String key, final long at, final long seenFrom) {
        final TreeMap<Long, Optional<Long>> points = levels.getOrDefault(key, new TreeMap<>());
        final Map.Entry<Long, Optional<Long>> floor = points.floorEntry(at);
        if (floor == null) {
            return Optional.empty();
        }
        final Long next = points.higherKey(floor.getKey());
        final boolean isLast = next == null || next > seenFrom;
        final boolean hasRunOut = isLast && heartbeats.containsKey(key) && at >= floor.getKey() + heartbeats.get(key);
        return hasRunOut ? Optional.empty() : floor.getValue();
    }

    public List<Standing> standings(final Group group, final long at, final long seenFrom) {
        final List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < group.members().size(); i++) {
            final GroupMember member = group.members().get(i);
            final boolean isMember = at >= member.fromNs()
                    && at < member.untilNs()
                    && member.membership()
                            .map(series -> level(series.key(), at, seenFrom).orElse(0L) > 0)
                            .orElse(true);
            final long base = group.weightsFixedAt().orElse(at);
            final long seen = group.weightsFixedAt().orElse(seenFrom);
            final long weight = member.weight()
                    .map(series -> level(series.key(), base, seen).orElse(0L))
                    .orElse(1L);
            if (isMember && weight > 0) {
                standings.add(new Standing(
                        i,
                        BigInteger.valueOf(weight)
                                .multiply(BigInteger.valueOf(
                                        group.members().get(i).share().numerator()))
                                .multiply(parts(group))
                                .divide(BigInteger.valueOf(
                                        group.members().get(i).share().denominator())),
                        level(member.rate().key(), at, seenFrom).map(BigInteger::valueOf)));
            }
        }
        return standings;
    }

    /** Requires that all members stay unchanged from the instant of a read to its reported next change. */
    void assertNothingChangesBefore(final long next, final Group group, final long at, final String message) {
        assertTrue(next == Instants.NONE || next > at, message + " next=" + next);
        final long end = next == Instants.NONE ? 3 * GroupModel.TIME : next;
        final List<Standing> before = standings(group, at, at);
        for (long ns = at + 1; ns < end; ns++) {
            assertEquals(before, standings(group, ns, ns), message + " ns=" + ns + " next=" + next);
        }
    }

    /** Returns the number of parts into which weights are divided, a common multiple of the denominators. */
    static BigInteger parts(final Group group) {
        return group.members().stream()
                .map(member -> BigInteger.valueOf(member.share().denominator()))
                .reduce(BigInteger.ONE, BigInteger::multiply);
    }

    /** Returns the rate of a code at an instant, even if it is not a member then. */
    Optional<BigInteger> rate(final Group group, final int member, final long at) {
        return level(group.members().get(member).rate().key(), at, at).map(BigInteger::valueOf);
    }

    /** The sums over members at an instant or at all instants of a window. */
    public static final class Sums {
        private final Group group;
        private final Map<Integer, BigInteger> shares = new HashMap<>();
        private BigInteger members = BigInteger.ZERO;
        private BigInteger known = BigInteger.ZERO;
        private BigInteger inForce = BigInteger.ZERO;
        private BigInteger covered = BigInteger.ZERO;
        private BigInteger restricted = BigInteger.ZERO;
        private BigInteger rates = BigInteger.ZERO;
        private BigInteger weighted = BigInteger.ZERO;
        private BigInteger squares = BigInteger.ZERO;
        private long wantedNs;
        private long coveredNs;

        public Sums(final Group group) {
            this.group = group;
        }

        public Sums add(final List<Standing> standings) {
            wantedNs++;
            coveredNs += standings.isEmpty() ? 0 : 1;
            for (final Standing standing : standings) {
                shares.merge(standing.member(), standing.weight(), BigInteger::add);
                members = members.add(BigInteger.ONE);
                if (standing.rate().isPresent()) {
                    final BigInteger rate = standing.rate().get();
                    known = known.add(BigInteger.ONE);
                    covered = covered.add(standing.weight());
                    rates = rates.add(rate);
                    weighted = weighted.add(standing.weight().multiply(rate));
                    squares = squares.add(standing.weight().multiply(rate.pow(2)));
                    if (rate.signum() > 0) {
                        inForce = inForce.add(BigInteger.ONE);
                        restricted = restricted.add(standing.weight());
                    }
                }
            }
            return this;
        }

        private BigInteger weight() {
            return shares.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        }

        public Status status(final GroupMetric metric) {
            final boolean isPartial = wantedNs > 1 && coveredNs < wantedNs;
            return switch (metric) {
                case COVERED -> Status.OK;
                case HHI, HHI_POINTS, HHI_NORMALISED, EFFECTIVE_NUMBER, COVERED_SHARE -> {
                    if (shares.isEmpty()) {
                        yield Status.EMPTY;
                    }
                    if (metric == GroupMetric.HHI_NORMALISED && shares.size() == 1) {
                        yield Status.UNDEFINED;
                    }
                    yield isPartial ? Status.PARTIAL : Status.OK;
                }
                default -> {
                    final boolean isDropped = group.missing() == MissingPolicy.DROP_AND_RENORMALISE;
                    if (shares.isEmpty() || isDropped && known.signum() == 0) {
                        yield Status.EMPTY;
                    }
                    if (known.equals(members)) {
                        yield isPartial ? Status.PARTIAL : Status.OK;
                    }
                    yield group.missing() == MissingPolicy.FAIL ? Status.INSUFFICIENT : Status.PARTIAL;
                }
            };
        }

        /** Returns the value; for {@link GroupMetric#TRI} its square. */
        public BigDecimal value(final GroupMetric metric) {
            final boolean isZero = group.missing() == MissingPolicy.AS_ZERO;
            final BigInteger count = isZero ? members : known;
            final BigInteger weight = isZero ? weight() : covered;
            final BigInteger squareOfWeight = weight().pow(2);
            final BigInteger shareSquares =
                    shares.values().stream().map(share -> share.pow(2)).reduce(BigInteger.ZERO, BigInteger::add);
            return switch (metric) {
                case IN_FORCE -> ratio(inForce, BigInteger.valueOf(wantedNs), 0);
                case EXPOSURE ->
                    ratio(
                            weighted,
                            BigInteger.valueOf(wantedNs).multiply(parts(group)),
                            group.rateScale() + 2 + group.weightScale());
                case SIMPLE -> ratio(rates, count, group.rateScale());
                case WEIGHTED -> ratio(weighted, weight, group.rateScale());
                case TRI -> ratio(squares, weight, 2 * group.rateScale());
                case COVERAGE -> ratio(restricted, weight, 0);
                case FREQUENCY -> ratio(inForce, count, 0);
                case HHI -> ratio(shareSquares, squareOfWeight, 0);
                case HHI_POINTS -> ratio(shareSquares.multiply(BigInteger.valueOf(10_000)), squareOfWeight, 0);
                case HHI_NORMALISED -> {
                    final BigInteger n = BigInteger.valueOf(shares.size());
                    yield ratio(
                            shareSquares.multiply(n).subtract(squareOfWeight),
                            squareOfWeight.multiply(n.subtract(BigInteger.ONE)),
                            0);
                }
                case EFFECTIVE_NUMBER -> ratio(squareOfWeight, shareSquares, 0);
                case COVERED ->
                    ratio(covered, BigInteger.valueOf(wantedNs).multiply(parts(group)), group.weightScale());
                case COVERED_SHARE -> ratio(covered, weight(), 0);
            };
        }

        /** Returns numerator and denominator of the weighted average, in units of 10^-scale. */
        BigInteger[] average() {
            return new BigInteger[] {weighted, group.missing() == MissingPolicy.AS_ZERO ? weight() : covered};
        }

        int memberCount() {
            return shares.size();
        }
    }

    static BigDecimal ratio(final BigInteger dividend, final BigInteger divisor, final int scale) {
        return new BigDecimal(dividend).divide(new BigDecimal(divisor), DIGITS).scaleByPowerOfTen(-scale);
    }
}
