package io.tollgate.core.group;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.core.read.DefinedSeries;
import io.tollgate.core.read.LevelSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Finds the members of a group that match its patterns. A series whose key matches a rate pattern is a candidate of the
 * first such pattern, and waits until the other series of its code are defined. The members therefore do not depend on
 * the order of definitions. Used by one thread.
 */
final class PatternMembers {
    /** A series that becomes the rate of a member once the other series of its code are defined. */
    private record Candidate(MemberPattern pattern, String code, String rateKey) {}

    private final List<MemberPattern> patterns;
    private final MemberTable roster;
    private final DefinedSeries series;
    private final Set<String> listed = new HashSet<>();
    private final Map<String, Queue<Candidate>> waiting = new HashMap<>();
    private final Map<MemberPattern, RecodedMembers> recoded = new LinkedHashMap<>();
    private final List<RecodedMembers> recodedList;
    private int leftOutCount;

    PatternMembers(final Group group, final LevelSource source, final MemberTable roster) {
        patterns = group.patterns();
        this.roster = roster;
        series = source.newDefinedSeries();
        for (final GroupMember member : group.members()) {
            listed.add(member.rate().key());
        }
        for (final MemberPattern pattern : patterns) {
            pattern.concordance()
                    .ifPresent(concordance ->
                            recoded.put(pattern, new RecodedMembers(pattern, concordance, roster, series)));
        }
        recodedList = List.copyOf(recoded.values());
    }

    /**
     * Adds the members that have become complete. If it fails, for example because a file cannot be mapped, the next
     * call continues.
     */
    void takeNew() {
        if (series.hasNew()) {
            series.takeNew(this::take);
        }
        for (int i = 0; i < recodedList.size(); i++) {
            recodedList.get(i).workOut();
        }
    }

    /** Returns the number of series that match but are left out. */
    int leftOutCount() {
        int count = leftOutCount;
        for (int i = 0; i < recodedList.size(); i++) {
            count += recodedList.get(i).leftOutCount();
        }
        return count;
    }

    private void take(final String key) {
        final Queue<Candidate> candidates = waiting.getOrDefault(key, new ArrayDeque<>());
        while (!candidates.isEmpty()) {
            complete(candidates.element());
            candidates.remove();
        }
        waiting.remove(key);
        recodedList.forEach(members -> members.takeWeight(key));
        if (!listed.contains(key)) {
            candidate(key).ifPresent(this::begin);
        }
    }

    private Optional<Candidate> candidate(final String key) {
        for (final MemberPattern pattern : patterns) {
            final Optional<String> code = pattern.rate().code(key);
            if (code.isPresent()) {
                return Optional.of(new Candidate(pattern, code.get(), key));
            }
        }
        return Optional.empty();
    }

    private void begin(final Candidate candidate) {
        final RecodedMembers members = recoded.get(candidate.pattern());
        if (members == null) {
            complete(candidate);
        } else {
            members.takeRate(candidate.rateKey());
        }
    }

    /** Adds the member of a candidate, or lets it wait for a missing series. */
    private void complete(final Candidate candidate) {
        final MemberPattern pattern = candidate.pattern();
        final Optional<String> weightKey = pattern.weight().map(weight -> weight.key(candidate.code()));
        final Optional<String> membershipKey = memberships(pattern).map(membership -> membership.key(candidate.code()));
        final long weight = weightKey.map(series::find).orElse(DefinedSeries.ABSENT);
        final long membership = membershipKey.map(series::find).orElse(DefinedSeries.ABSENT);
        if (weightKey.isPresent() && weight == DefinedSeries.ABSENT) {
            await(weightKey.get(), candidate);
        } else if (membershipKey.isPresent() && membership == DefinedSeries.ABSENT) {
            await(membershipKey.get(), candidate);
        } else {
            add(candidate, series.find(candidate.rateKey()), weight, membership);
        }
    }

    /** Memberships may have any unit and scale: only their keys are used here. */
    static Optional<LevelPattern> memberships(final MemberPattern pattern) {
        return pattern.membership()
                .map(membership -> new LevelPattern(membership, pattern.rate().unit(), 0));
    }

    private void await(final String key, final Candidate candidate) {
        waiting.computeIfAbsent(key, any -> new ArrayDeque<>()).add(candidate);
    }

    /** Adds a member. Its weight and membership are absent if its pattern has none. */
    private void add(final Candidate candidate, final long rate, final long weight, final long membership) {
        final MemberPattern pattern = candidate.pattern();
        final boolean isAlike =
                series.isLevel(rate, pattern.rate().unit(), pattern.rate().scale())
                        && pattern.weight()
                                .map(levels -> series.isLevel(weight, levels.unit(), levels.scale()))
                                .orElse(true)
                        && (membership == DefinedSeries.ABSENT || series.isLevel(membership));
        if (!isAlike || roster.standingCount() == Group.MAX_MEMBERS) {
            leftOutCount++;
            return;
        }
        roster.add(
                candidate.code(),
                roster.levels().add(rate),
                weight == DefinedSeries.ABSENT
                        ? MemberTable.NONE
                        : roster.levels().add(weight),
                membership == DefinedSeries.ABSENT
                        ? MemberTable.NONE
                        : roster.levels().add(membership),
                roster.denominator(),
                pattern.fromNs(),
                pattern.untilNs());
    }
}
