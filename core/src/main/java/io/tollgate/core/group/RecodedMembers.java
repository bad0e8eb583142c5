package io.tollgate.core.group;

import io.tollgate.api.group.Concordance;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.read.DefinedSeries;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The members of a pattern with a concordance, whose codes succeed one another. Each newly defined series recomputes
 * them: members that no longer exist are retired, new members are added, the others stay. Used by one thread.
 */
final class RecodedMembers {
    private final MemberPattern pattern;
    private final Concordance concordance;
    private final Set<String> laterCodes;
    private final MemberTable roster;
    private final DefinedSeries series;
    private final Map<String, StepSeries> rates = new TreeMap<>();
    private final Map<String, StepSeries> weights = new HashMap<>();
    private final Map<GroupMember, Integer> places = new LinkedHashMap<>();
    private final Set<String> unlikeRates = new HashSet<>();
    private final Set<String> unlikeWeights = new HashSet<>();
    private boolean isChanged;
    private int leftOutCount;

    RecodedMembers(
            final MemberPattern pattern,
            final Concordance concordance,
            final MemberTable roster,
            final DefinedSeries series) {
        this.pattern = pattern;
        this.concordance = concordance;
        this.roster = roster;
        this.series = series;
        laterCodes = concordance.laterCodes();
    }

    /** Adds a series if its key matches the rates. */
    void takeRate(final String key) {
        pattern.rate().code(key).ifPresent(code -> take(key, code, pattern.rate(), rates, unlikeRates));
    }

    /** Adds a series if it is the weight of a code. */
    void takeWeight(final String key) {
        final LevelPattern levels = pattern.weight().orElseThrow();
        levels.codeLeadingTo(key).ifPresent(code -> take(key, code, levels, weights, unlikeWeights));
    }

    private void take(
            final String key,
            final String code,
            final LevelPattern levels,
            final Map<String, StepSeries> byCode,
            final Set<String> unlikeCodes) {
        final long number = series.find(key);
        if (series.isLevel(number, levels.unit(), levels.scale())) {
            byCode.put(code, new StepSeries(number, SeriesDefinition.step(key, levels.unit(), levels.scale())));
        } else {
            unlikeCodes.add(code);
        }
        isChanged = true;
    }

    /** Returns the number of codes that are left out, because a series is missing or the group is full. */
    int leftOutCount() {
        return leftOutCount;
    }

    /** Recomputes the members if a series was added. */
    void workOut() {
        if (isChanged) {
            final Set<String> lacking = new HashSet<>();
            final int leftOver = settle(members(lacking));
            addUnlike(lacking);
            leftOutCount = leftOver + lacking.size();
            isChanged = false;
        }
    }

    /** Computes the members. Collects the codes whose weight cannot be divided among the rates of several old codes. */
    private List<GroupMember> members(final Set<String> lacking) {
        final List<String> codes = rates.keySet().stream()
                .filter(code -> weights.containsKey(code) && !laterCodes.contains(code))
                .toList();
        return concordance.members(
                codes,
                code -> Optional.ofNullable(rates.get(code)),
                code -> Optional.ofNullable(weights.get(code)),
                lacking::add);
    }

    /** Retires and adds members. Returns the number of members for which the group is full. */
    private int settle(final List<GroupMember> members) {
        final Set<GroupMember> wanted = Set.copyOf(members);
        places.entrySet().removeIf(entry -> {
            final boolean isOver = !wanted.contains(entry.getKey());
            if (isOver) {
                roster.retire(entry.getValue());
            }
            return isOver;
        });
        int leftOver = 0;
        for (final GroupMember member : members) {
            if (!places.containsKey(member) && !add(member)) {
                leftOver++;
            }
        }
        return leftOver;
    }

    /**
     * Adds the codes whose series has another kind, unit or scale. A code counts only if a member has it, or it would
     * be the first code of a member.
     */
    private void addUnlike(final Set<String> lacking) {
        final Set<String> held = new HashSet<>();
        places.keySet().forEach(member -> held.add(member.code()));
        Stream.concat(unlikeRates.stream(), unlikeWeights.stream())
                .filter(code -> held.contains(code) || isHeldFirst(code))
                .forEach(lacking::add);
    }

    private boolean isHeldFirst(final String code) {
        return !laterCodes.contains(code)
                && (rates.containsKey(code) || unlikeRates.contains(code))
                && (weights.containsKey(code) || unlikeWeights.contains(code));
    }

    private boolean add(final GroupMember member) {
        if (roster.standingCount() == Group.MAX_MEMBERS) {
            return false;
        }
        final int place = roster.size();
        roster.add(
                member.code(),
                roster.levels().add(member.rate().number()),
                roster.levels().add(member.weight().orElseThrow().number()),
                MemberTable.NONE,
                member.share().numerator()
                        * (roster.denominator() / member.share().denominator()),
                member.fromNs(),
                member.untilNs());
        places.put(member, place);
        return true;
    }
}
