package io.tollgate.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

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
 * without a rate of its own each part has the rate of the code that it comes from. What is counted and what is
 * concentrated ({@link GroupMetric#SIMPLE}, {@link GroupMetric#FREQUENCY}, {@link GroupMetric#HHI}) are then these
 * parts. Recodings of codes that do not hold at their instant change nothing. Immutable.
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
        final List<GroupMember> members = new ArrayList<>();
        List<GroupMember> holding = new ArrayList<>();
        for (final String code : codes) {
            holding.add(GroupMember.of(required("rate", code, rates), required("weight", code, weights))
                    .withCode(code));
        }
        int i = 0;
        while (i < recodings.size()) {
            final long atNs = recodings.get(i).atNs();
            final Map<String, Recoding> changes = new HashMap<>();
            for (; i < recodings.size() && recodings.get(i).atNs() == atNs; i++) {
                changes.put(recodings.get(i).oldCode(), recodings.get(i));
            }
            holding = new Step(atNs, changes, rates, weights).from(holding, members);
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
        int i = 0;
        while (i < recodings.size()) {
            final long atNs = recodings.get(i).atNs();
            final int first = i;
            for (; i < recodings.size() && recodings.get(i).atNs() == atNs; i++) {
                held.add(recodings.get(i).oldCode());
            }
            for (final Recoding recoding : recodings.subList(first, i)) {
                recoding.parts().stream()
                        .map(Recoding.Part::code)
                        .filter(code -> !held.contains(code))
                        .forEach(later::add);
            }
            held.addAll(later);
        }
        return later;
    }

    /**
     * The shares of a weight that members can have.
     *
     * @return all of them, the whole included.
     * @throws IllegalArgumentException if shares of shares become too fine, see {@link Share}.
     */
    public Set<Share> shares() {
        final Set<String> codes = new TreeSet<>();
        recodings.forEach(recoding -> codes.add(recoding.oldCode()));
        final Optional<StepSeries> any = Optional.of(new StepSeries(0, SeriesDefinition.step("any", Unit.FRACTION, 0)));
        final Set<Share> shares = new HashSet<>(Set.of(Share.WHOLE));
        // As if all of them held at first, so that each is whole somewhere, as it is where it has a weight of its own.
        members(List.copyOf(codes), code -> any, code -> codes.contains(code) ? any : Optional.empty())
                .forEach(member -> shares.add(member.share()));
        return shares;
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
            Function<String, Optional<StepSeries>> weights) {
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
            made.forEach((code, parts) ->
                    after.addAll(old.contains(code) ? parts : weighed(code, parts, weights.apply(code))));
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

        private static List<GroupMember> weighed(
                final String code, final List<GroupMember> parts, final Optional<StepSeries> own) {
            if (own.isEmpty()) {
                return parts;
            }
            final GroupMember first = parts.get(0);
            if (parts.stream().anyMatch(part -> !part.rate().equals(first.rate()))) {
                throw new IllegalArgumentException("code=" + code + " has a weight and no rate, and the rates of "
                        + parts.size() + " old codes answer for it; expected a rate of its own as well, or no weight");
            }
            return List.of(new GroupMember(
                    code, first.rate(), own, Share.WHOLE, first.membership(), first.fromNs(), first.untilNs()));
        }
    }
}
