package io.tollgate.examples.panel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Computes the answers of the command from plain maps of decimals, with a loop over all members at each instant. */
final class PanelOracle {
    private static final MathContext DIGITS = new MathContext(80, RoundingMode.HALF_EVEN);

    /** The levels of a series by their instants; an unknown level is empty. */
    private final Map<String, TreeMap<Long, Optional<BigDecimal>>> rates = new LinkedHashMap<>();

    private final Map<String, TreeMap<Long, Optional<BigDecimal>>> weights = new LinkedHashMap<>();

    Map<String, TreeMap<Long, Optional<BigDecimal>>> rates() {
        return rates;
    }

    Map<String, TreeMap<Long, Optional<BigDecimal>>> weights() {
        return weights;
    }

    /** A line of the output without its time. */
    record Answer(String metric, Optional<BigDecimal> value, BigDecimal covered, String status) {}

    /** The weight of a member, and its rate if it is known. */
    private record Member(BigDecimal weight, Optional<BigDecimal> rate) {}

    List<Answer> read(final long at, final String missing) {
        final List<Member> universe = new ArrayList<>();
        weights.forEach((key, levels) -> level(levels, at)
                .filter(weight -> weight.signum() > 0)
                .ifPresent(weight -> universe.add(new Member(weight, level(rates.get(key), at)))));
        final List<Member> known =
                universe.stream().filter(member -> member.rate().isPresent()).toList();
        final List<Member> counted = missing.equals("AS_ZERO")
                ? universe.stream()
                        .map(member -> new Member(
                                member.weight(), Optional.of(member.rate().orElse(BigDecimal.ZERO))))
                        .toList()
                : known;
        final String status;
        if (universe.isEmpty() || counted.isEmpty() && !missing.equals("FAIL")) {
            status = "EMPTY";
        } else if (known.size() == universe.size()) {
            status = "OK";
        } else {
            status = missing.equals("FAIL") ? "INSUFFICIENT" : "PARTIAL";
        }
        final BigDecimal covered = weight(known);
        final List<Answer> answers = new ArrayList<>();
        averages(counted, status).forEach((metric, value) -> answers.add(new Answer(metric, value, covered, status)));
        final BigDecimal total = weight(universe);
        final Optional<BigDecimal> concentration = universe.isEmpty()
                ? Optional.empty()
                : Optional.of(universe.stream()
                        .map(member -> member.weight().pow(2))
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .divide(total.pow(2), DIGITS));
        answers.add(new Answer("hhi", concentration, covered, universe.isEmpty() ? "EMPTY" : "OK"));
        answers.add(new Answer("covered", Optional.of(covered), covered, "OK"));
        return answers;
    }

    private static Map<String, Optional<BigDecimal>> averages(final List<Member> counted, final String status) {
        final Map<String, Optional<BigDecimal>> values = new LinkedHashMap<>();
        final boolean hasValue = status.equals("OK") || status.equals("PARTIAL");
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal weighted = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        BigDecimal restricted = BigDecimal.ZERO;
        BigDecimal inForce = BigDecimal.ZERO;
        for (final Member member : counted) {
            final BigDecimal rate = member.rate().orElseThrow();
            sum = sum.add(rate);
            weighted = weighted.add(rate.multiply(member.weight()));
            squares = squares.add(rate.multiply(rate).multiply(member.weight()));
            if (rate.signum() > 0) {
                restricted = restricted.add(member.weight());
                inForce = inForce.add(BigDecimal.ONE);
            }
        }
        final BigDecimal count = BigDecimal.valueOf(counted.size());
        final BigDecimal weight = weight(counted);
        values.put("simple", ratio(hasValue, sum, count));
        values.put("weighted", ratio(hasValue, weighted, weight));
        values.put("tri", ratio(hasValue, squares, weight).map(square -> square.sqrt(DIGITS)));
        values.put("coverage", ratio(hasValue, restricted, weight));
        values.put("frequency", ratio(hasValue, inForce, count));
        return values;
    }

    private static Optional<BigDecimal> ratio(
            final boolean hasValue, final BigDecimal dividend, final BigDecimal divisor) {
        return hasValue ? Optional.of(dividend.divide(divisor, DIGITS)) : Optional.empty();
    }

    private static BigDecimal weight(final List<Member> members) {
        return members.stream().map(Member::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Optional<BigDecimal> level(final TreeMap<Long, Optional<BigDecimal>> levels, final long at) {
        return levels == null || levels.floorEntry(at) == null
                ? Optional.empty()
                : levels.floorEntry(at).getValue();
    }
}
