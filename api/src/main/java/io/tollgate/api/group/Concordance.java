package io.tollgate.api.group;

import io.tollgate.api.series.StepSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A correspondence table between codes over time: editions of the Harmonized System, splits, mergers, new names.
 * Recodings are dated and may be many to many. The table makes the members of a {@link Group}, in which series under
 * old codes answer for the new codes from the date on. Immutable.
 *
 * <pre>{@code
 * long hs2022 = Instants.parse("2022-01-01T00:00Z");
 * Concordance editions = Concordance.of(Recoding.of(
 *         hs2022,
 *         "854140",
 *         new Recoding.Part("854142", Share.of(1, 4)),
 *         new Recoding.Part("854143", Share.of(3, 4))));
 * MemberPattern rates = MemberPattern.of(
 *         new LevelPattern("tariff.US.CN.*", Unit.PERCENT, 2),
 *         new LevelPattern("imports.US.CN.*", new Unit("USD"), 0));
 * Group chips = Group.fitting(rates.withConcordance(editions));
 * }</pre>
 *
 * <p>From the date of a {@link Recoding} on, a new code has
 *
 * <ul>
 *   <li>the rate of its own series, if it has one, else that of the old code;
 *   <li>the weight of its own series, if it has one and did not hold before, else a share of the weight of each old
 *       code. The shares are exact.
 * </ul>
 *
 * <p>A new code that several old codes go into has one member for each of them. Their weights add up to its weight.
 * Without a rate of its own, each of these members keeps the rate of its old code. Members with the same rate and
 * weight series that enter a code at the same instant are merged, for example if a code is split and merged again. The
 * metrics that count members or their shares ({@link GroupMetric#SIMPLE}, {@link GroupMetric#FREQUENCY},
 * {@link GroupMetric#HHI}) count these members. A recoding of a code that does not hold at its instant has no effect.
 *
 * @param recodings the recodings in any order; at one instant a code is recoded once.
 */
public record Concordance(List<Recoding> recodings) {
    /**
     * Checks the recodings.
     *
     * @param recodings the recodings in any order.
     * @throws IllegalArgumentException if a code is recoded twice at one instant.
     */
    public Concordance {
        Objects.requireNonNull(recodings, "recodings");
        recodings = recodings.stream()
                .sorted(Comparator.comparingLong(Recoding::atNs))
                .toList();
        final Set<String> seen = new HashSet<>();
        for (final Recoding recoding : recodings) {
            if (!seen.add(recoding.atNs() + " " + recoding.oldCode())) {
                throw new IllegalArgumentException("oldCode=" + recoding.oldCode() + " atNs=" + recoding.atNs()
                        + " is recoded twice, expected one recoding with all parts");
            }
        }
    }

    /**
     * Returns a concordance.
     *
     * @param recodings the recodings in any order.
     * @return the concordance.
     * @throws IllegalArgumentException if a code is recoded twice at one instant.
     */
    public static Concordance of(final Recoding... recodings) {
        Objects.requireNonNull(recodings, "recodings");
        return new Concordance(List.of(recodings));
    }

    /**
     * Returns the members of codes over all time: each code until its recoding, then the codes that follow it.
     *
     * @param codes   the codes that hold before the first recoding.
     * @param rates   the rate of a code, empty if it has no series.
     * @param weights the weight of a code, empty if it has no series.
     * @return the members, each with its code.
     * @throws IllegalArgumentException if one of the codes has no rate or no weight; if several old codes go into a new
     *         code that has a weight and no rate of its own, so that the weight cannot be divided among the old rates;
     *         or if shares become too fine, see {@link Share}.
     */
    public List<GroupMember> members(
            final List<String> codes,
            final Function<String, Optional<StepSeries>> rates,
            final Function<String, Optional<StepSeries>> weights) {
        Objects.requireNonNull(codes, "codes");
        Objects.requireNonNull(rates, "rates");
        Objects.requireNonNull(weights, "weights");
        return members(codes, rates, weights, code -> {
            throw new IllegalArgumentException(
                    "code=" + code + " has a weight but no rate, and follows several old codes; give it a rate of"
                            + " its own, or remove the weight");
        });
    }

    /**
     * Returns the members of codes over all time, and ignores weights that cannot be divided. Such a weight belongs to
     * a new code that several old codes go into and that has no rate of its own. The weights of the old codes are used
     * instead.
     *
     * @param codes       the codes that hold before the first recoding.
     * @param rates       the rate of a code, empty if it has no series.
     * @param weights     the weight of a code, empty if it has no series.
     * @param undividable receives each code whose weight is ignored.
     * @return the members, each with its code.
     * @throws IllegalArgumentException if one of the codes has no rate or no weight, or if shares become too fine, see
     *         {@link Share}.
     */
    public List<GroupMember> members(
            final List<String> codes,
            final Function<String, Optional<StepSeries>> rates,
            final Function<String, Optional<StepSeries>> weights,
            final Consumer<String> undividable) {
        Objects.requireNonNull(codes, "codes");
        Objects.requireNonNull(rates, "rates");
        Objects.requireNonNull(undividable, "undividable");
        Objects.requireNonNull(weights, "weights");
        final List<GroupMember> members = new ArrayList<>();
        List<GroupMember> holding = new ArrayList<>();
        for (final String code : codes) {
            holding.add(GroupMember.of(required("rate", code, rates), required("weight", code, weights))
                    .withCode(code));
        }
        for (final Map.Entry<Long, List<Recoding>> edition : editions().entrySet()) {
            final Map<String, Recoding> changes = new HashMap<>();
            edition.getValue().forEach(recoding -> changes.put(recoding.oldCode(), recoding));
            holding = new Step(edition.getKey(), changes, rates, weights, undividable).from(holding, members);
        }
        members.addAll(holding);
        return members;
    }

    /**
     * Returns the codes that hold only from a recoding on: they are a new code of a recoding, and are not recoded
     * themselves at that instant or before. A code that held before and continues is recoded into itself.
     *
     * @return the codes.
     */
    public Set<String> laterCodes() {
        final Set<String> held = new HashSet<>();
        final Set<String> later = new HashSet<>();
        for (final List<Recoding> edition : editions().values()) {
            edition.forEach(recoding -> held.add(recoding.oldCode()));
            edition.stream()
                    .flatMap(recoding -> recoding.parts().stream())
                    .map(Recoding.Part::code)
                    .filter(code -> !held.contains(code))
                    .forEach(later::add);
            held.addAll(later);
        }
        return later;
    }

    /**
     * Returns all shares of a weight that members can have, or that sum up to theirs.
     *
     * @return the shares, the whole included.
     * @throws IllegalArgumentException if shares become too fine, see {@link Share}.
     */
    public Set<Share> shares() {
        final Set<Share> all = new HashSet<>(Set.of(Share.WHOLE));
        // Assumes that each code holds at first, and has a weight of its own whenever it comes to hold: both are
        // possible.
        final Map<String, Set<Share>> held = new HashMap<>();
        recodings.forEach(recoding -> held.put(recoding.oldCode(), Set.of(Share.WHOLE)));
        for (final List<Recoding> edition : editions().values()) {
            final Map<String, Set<Share>> made = made(edition, held);
            edition.forEach(recoding -> held.remove(recoding.oldCode()));
            made.forEach((code, shares) -> {
                shares.addAll(held.getOrDefault(code, Set.of(Share.WHOLE)));
                held.put(code, shares);
                all.addAll(shares);
            });
        }
        return all;
    }

    private static Map<String, Set<Share>> made(final List<Recoding> edition, final Map<String, Set<Share>> held) {
        final Map<String, Set<Share>> made = new HashMap<>();
        for (final Recoding recoding : edition) {
            for (final Share share : held.getOrDefault(recoding.oldCode(), Set.of())) {
                recoding.parts()
                        .forEach(part -> made.computeIfAbsent(part.code(), any -> new HashSet<>())
                                .add(share.times(part.share())));
            }
        }
        return made;
    }

    private NavigableMap<Long, List<Recoding>> editions() {
        return recodings.stream().collect(Collectors.groupingBy(Recoding::atNs, TreeMap::new, Collectors.toList()));
    }

    private static StepSeries required(
            final String name, final String code, final Function<String, Optional<StepSeries>> series) {
        return series.apply(code)
                .orElseThrow(() -> new IllegalArgumentException("code=" + code + " has no " + name
                        + ", expected a series for each code that holds before the first recoding"));
    }

    /** The recodings of one instant. */
    private record Step(
            long atNs,
            Map<String, Recoding> changes,
            Function<String, Optional<StepSeries>> rates,
            Function<String, Optional<StepSeries>> weights,
            Consumer<String> undividable) {
        /** Ends the members of recoded codes, and returns the members that hold from then on. */
        private List<GroupMember> from(final List<GroupMember> before, final List<GroupMember> ended) {
            final Set<String> old = new HashSet<>();
            before.forEach(member -> old.add(member.code()));
            final List<GroupMember> after = new ArrayList<>();
            final Map<String, List<GroupMember>> made = new LinkedHashMap<>();
            for (final GroupMember member : before) {
                final Recoding recoding = changes.get(member.code());
                if (recoding == null) {
                    after.add(member);
                } else {
                    ended.add(member.withInterval(member.fromNs(), atNs));
                    recoding.parts()
                            .forEach(part -> made.computeIfAbsent(part.code(), any -> new ArrayList<>())
                                    .add(part(member, part)));
                }
            }
            made.forEach((code, all) -> {
                final List<GroupMember> parts = joined(all);
                after.addAll(old.contains(code) ? parts : weighed(code, parts, weights.apply(code)));
            });
            return after;
        }

        private GroupMember part(final GroupMember member, final Recoding.Part part) {
            return new GroupMember(
                    part.code(),
                    rates.apply(part.code()).orElse(member.rate()),
                    member.weight(),
                    member.share().times(part.share()),
                    member.membership(),
                    atNs,
                    GroupMember.FOR_EVER);
        }

        /** Merges members that differ in their shares only, and adds the shares up. */
        private static List<GroupMember> joined(final List<GroupMember> parts) {
            final Map<GroupMember, List<Share>> shares = new LinkedHashMap<>();
            parts.forEach(part -> shares.computeIfAbsent(part.withShare(Share.WHOLE), any -> new ArrayList<>())
                    .add(part.share()));
            final List<GroupMember> joined = new ArrayList<>();
            shares.forEach((part, all) -> Share.sum(all)
                    .ifPresentOrElse(
                            sum -> joined.add(part.withShare(sum)),
                            // Several old codes may have the same weight series. Their shares can exceed 1, so these
                            // members are not merged.
                            () -> all.forEach(share -> joined.add(part.withShare(share)))));
            return joined;
        }

        private List<GroupMember> weighed(
                final String code, final List<GroupMember> parts, final Optional<StepSeries> own) {
            if (own.isEmpty()) {
                return parts;
            }
            final GroupMember first = parts.get(0);
            if (parts.stream().anyMatch(part -> !part.rate().equals(first.rate()))) {
                undividable.accept(code);
                return parts;
            }
            return List.of(new GroupMember(
                    code, first.rate(), own, Share.WHOLE, first.membership(), first.fromNs(), first.untilNs()));
        }
    }
}
