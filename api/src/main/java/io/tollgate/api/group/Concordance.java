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
 * How codes follow one another: editions of the Harmonized System, splits, mergers, new names; dated, and many to many.
 * It makes members of a {@link Group} in which what is under an old code answers for the new ones from the date on.
 *
 * <p>For each new code from the date of a {@link Recoding} on:
 * <ul>
 *   <li>its rate is that of its own series, if it has one, else that of the old code;
 *   <li>its weight is that of its own series, if it is a code that did not hold before and has one, else the share of
 *       the weight of each old code that goes into it; the shares are exact.
 * </ul>
 *
 * <p>A new code into which several old ones go is a member for each of them: its weight is the sum of theirs, and
 * without a rate of its own each part has the rate of the code that it comes from. Parts of one weight that have one
 * rate are one where they come into a code at one instant, as where a code is divided and goes together again. What is
 * counted and what is concentrated ({@link GroupMetric#SIMPLE}, {@link GroupMetric#FREQUENCY}, {@link GroupMetric#HHI})
 * are then these parts. Recodings of codes that do not hold at their instant change nothing. Immutable.
 *
 * @param recodings in any order; a code is recoded once at an instant.
 */
public record Concordance(List<Recoding> recodings) {
    /**
     * Checks the recodings.
     *
     * @param recodings in any order.
     * @throws IllegalArgumentException if a code is recoded twice at an instant.
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
                        + " is recoded twice, expected once with all its parts");
            }
        }
    }

    /**
     * A concordance.
     *
     * @param recodings in any order.
     * @return the concordance.
     * @throws IllegalArgumentException if a code is recoded twice at an instant.
     */
    public static Concordance of(final Recoding... recodings) {
        Objects.requireNonNull(recodings, "recodings");
        return new Concordance(List.of(recodings));
    }

    /**
     * The members that codes are over all time: each from its beginning to its recoding, and what follows it.
     *
     * @param codes  that hold before the first recoding.
     * @param rates  the rate of a code, empty if there is no series of it.
     * @param weights the weight of a code, empty if there is no series of it.
     * @return the members, each with its code.
     * @throws IllegalArgumentException if one of the codes has no rate or no weight; if several old codes go into a new
     *                                  one that has a weight of its own and no rate (the weight cannot be divided among
     *                                  their rates); or if shares of shares become too fine, see {@link Share}.
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
                    "code=" + code + " has a weight and no rate, and the rates of several old"
                            + " codes answer for it; expected a rate of its own as well, or no weight");
        });
    }

    /**
     * The members that codes are over all time, also where a weight cannot be divided: as if it were not there. A new
     * code into which several old ones go, and which has a weight of its own and no rate, has their weights then.
     *
     * @param codes       that hold before the first recoding.
     * @param rates       the rate of a code, empty if there is no series of it.
     * @param weights     the weight of a code, empty if there is no series of it.
     * @param undividable is told each code whose weight is not taken.
     * @return the members, each with its code.
     * @throws IllegalArgumentException if one of the codes has no rate or no weight; or if shares of shares become too
     *                                  fine, see {@link Share}.
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
     * The codes that hold only from a recoding on: another code goes into them, and they are not recoded themselves at
     * that instant or before. One that held before and stays is recoded into itself.
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
     * The shares of a weight that members can have, or that those they have are sums of.
     *
     * @return all of them, the whole included.
     * @throws IllegalArgumentException if shares of shares become too fine, see {@link Share}.
     */
    public Set<Share> shares() {
        final Set<Share> all = new HashSet<>(Set.of(Share.WHOLE));
        // As if each code held at first, and had a weight of its own wherever it comes to hold: both may be so.
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
                .orElseThrow(() -> new IllegalArgumentException(
                        "code=" + code + " has no " + name + ", expected a series of each code that holds at first"));
    }

    /** What changes at one instant. */
    private record Step(
            long atNs,
            Map<String, Recoding> changes,
            Function<String, Optional<StepSeries>> rates,
            Function<String, Optional<StepSeries>> weights,
            Consumer<String> undividable) {
        /** Ends what is recoded, and returns what holds from then on. */
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

        /** The same with one part for those that are alike but for their shares, which add up. */
        private static List<GroupMember> joined(final List<GroupMember> parts) {
            final Map<GroupMember, List<Share>> shares = new LinkedHashMap<>();
            parts.forEach(part -> shares.computeIfAbsent(part.withShare(Share.WHOLE), any -> new ArrayList<>())
                    .add(part.share()));
            final List<GroupMember> joined = new ArrayList<>();
            shares.forEach((part, all) -> Share.sum(all)
                    .ifPresentOrElse(
                            sum -> joined.add(part.withShare(sum)),
                            // Codes that are given one series for their weights: no share says twice the whole of it.
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
